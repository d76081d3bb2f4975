import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { run } from "vitest";
import { findEngine } from "../stagewright/engine/find";

/** Everything that `npm test` checks. Ends with the line `tests: N passed, N failed`. */
async function main(): Promise<void> {
  process.env.NO_COLOR = "1"; // what commands print is compared as text, also where CI would have colours
  const engine = await findEngine({ progress: (line) => console.log(line) });
  console.log(`engine: pulumi ${engine.version} (${engine.origin})`);
  const checks = [
    tool("format and lint", ["biome", "check", "--error-on-warnings", "."]),
    tool("types", ["tsc"]),
    tool("unused code", ["knip"]),
    testFiles(process.argv.slice(2)),
  ];
  const results = (await Promise.all(checks)).flat();
  const failed = results.filter(({ failure }) => failure !== undefined);
  for (const { name, failure } of failed) console.log(`\nFAILED: ${name}\n${failure}`);
  console.log(`\ntests: ${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

interface Result {
  name: string;
  /** What went wrong; `undefined` where it passed. */
  failure?: string;
}

async function tool(name: string, args: string[]): Promise<Result[]> {
  const { code, output } = await capture("npx", ["--no-install", ...args]);
  console.log(`${code === 0 ? "ok" : "FAILED"}  ${name}`);
  return [{ name, failure: code === 0 ? undefined : output }];
}

function capture(command: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => {
        output += text.toString();
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** @param only parts of file names; none: all files. */
async function testFiles(only: string[]): Promise<Result[]> {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((file) => path.join("test", file))
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
    .sort()
    .reverse(); // the systems take longest, and what begins last should end soon
  if (files.length === 0) return [{ name: "test files", failure: `no test file matches ${only.join(", ")}` }];
  const results: Result[] = [];
  let ended = 0;
  await new Promise<void>((resolve) => {
    // One more than there are processors: a test often waits for a program that it has started.
    run({ files, concurrency: availableParallelism() + 1 })
      .on("test:pass", ({ name, details, skip, todo }) => {
        if (details.type === "suite") return;
        // A test that is not run proves nothing, so it counts as failed.
        results.push(skip !== undefined || todo !== undefined ? { name, failure: "was skipped" } : { name });
      })
      .on("test:fail", ({ name, file, details }) => {
        if (details.type === "suite") return;
        const cause = details.error.cause;
        const failure =
          cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? details.error);
        console.log(`FAILED  ${name}`);
        results.push({ name: `${name} (${file})`, failure });
      })
      .on("test:complete", ({ name, nesting, file, details }) => {
        if (nesting !== 0 || path.resolve(name) !== file) return;
        ended += 1;
        const seconds = (details.duration_ms / 1000).toFixed(1);
        console.log(
          `${details.passed ? "ok" : "FAILED"}  ${name} (${seconds} s, ${ended} of ${files.length})`,
        );
      })
      .on("end", resolve)
      .resume();
  });
  return results;
}

void main();
