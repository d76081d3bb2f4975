import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../support/process";
import { ROOT, scratch } from "../support/projects";

// Every command and output in the README is true: its files are written, its commands run, its
// lines compared.

interface Block {
  language: string;
  text: string;
}

const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
const blocks: Block[] = [...readme.matchAll(/^```(?<language>\w+)\n(?<text>.*?)^```$/gms)].map(
  ({ groups }) => ({
    language: groups?.language ?? "",
    text: groups?.text ?? "",
  }),
);

/** A checkout in which the README's files can be written. */
function checkout(): string {
  const dir = scratch();
  for (const name of readdirSync(ROOT)) {
    if (name.startsWith(".") || name === "systems") continue;
    if (/^(Pulumi.*|index\.ts|package\.json|tsconfig\.json)$/.test(name))
      cpSync(path.join(ROOT, name), path.join(dir, name));
    else symlinkSync(path.join(ROOT, name), path.join(dir, name));
  }
  for (const { text } of blocks) {
    const file = /^(?:#|\/\/) (?<file>systems\/\S+)\n/.exec(text)?.groups?.file;
    if (file === undefined) continue;
    mkdirSync(path.join(dir, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
  return dir;
}

/** The lines of an output that must appear, one after the other; `…` stands for any. */
function compare(shown: string[], output: string): void {
  const timeless = (line: string) => line.replace(/\(\d+\.\d s\)/, "(N s)").trimEnd();
  const actual = output.split("\n").map(timeless);
  let from = 0;
  for (const line of shown.map(timeless).filter((line) => line !== "…" && line !== "")) {
    const at = actual.indexOf(line, from);
    // Two stacks come up at once, in any order: a line may also stand before the last one found.
    const found = at >= 0 ? at : actual.indexOf(line);
    assert.ok(found >= 0, `the README shows a line that is not printed:\n${line}\n\nprinted:\n${output}`);
    from = Math.max(from, found);
  }
}

const commands = blocks
  .filter(({ language }) => language === "console")
  .map(({ text }) => {
    const [command = "", ...shown] = text.trimEnd().split("\n");
    return { command: command.replace(/^\$ /, ""), shown };
  });

// `npm ci` has run, or this test would not; and this is `npm test`.
const runnable = commands
  .map(({ command, shown }) => ({
    shown,
    command: command.replace("npm ci && npm start", "npx stagewright start"),
  }))
  .filter(({ command }) => command !== "npm test");

test("the README shows both commands and its own system", () => {
  assert.deepEqual(
    commands.slice(0, 2).map(({ command }) => command),
    ["npm ci && npm start", "npm test"],
  );
  assert.ok(runnable.length >= 3);
});

test("what the README's commands print is what it shows", async () => {
  const dir = checkout();
  for (const { command, shown } of runnable) {
    const [npx, stagewright, ...args] = command.split(" ");
    assert.deepEqual([npx, stagewright], ["npx", "stagewright"]);
    const { output } = await run(
      process.execPath,
      [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args],
      {
        cwd: dir,
      },
    );
    compare(shown, output);
  }
});

test("every command of the table is one that there is", async () => {
  const { stdout } = await run(
    process.execPath,
    [path.join(ROOT, "stagewright/cli/stagewright.js"), "--help"],
    {
      cwd: ROOT,
    },
  );
  const named = [...readme.matchAll(/`npx stagewright (?<name>[a-z-]+)/g)].map(
    ({ groups }) => groups?.name ?? "",
  );
  assert.ok(named.length > 5);
  for (const name of named) assert.match(stdout, new RegExp(`^  ${name} `, "m"));
});

test("every file that the documentation links to is there", () => {
  const files = [
    "README.md",
    ...readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  ];
  const broken = files.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), "utf8").matchAll(/\]\((?<link>[^)#:\s]+)(?:#[^)]*)?\)/g)]
      .map(({ groups }) => groups?.link ?? "")
      .filter((link) => !existsSync(path.resolve(ROOT, path.dirname(file), link)))
      .map((link) => `${file}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test("the reference of the keys is what the command prints", async () => {
  const { stdout } = await run(
    process.execPath,
    [path.join(ROOT, "stagewright/cli/stagewright.js"), "schema", "--format", "markdown"],
    { cwd: ROOT },
  );
  assert.equal(readFileSync(path.join(ROOT, "docs/spec-reference.md"), "utf8"), stdout);
});
