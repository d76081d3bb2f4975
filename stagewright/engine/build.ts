import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../host/cache";
import { isExecutable, onPath, programIn } from "../host/executables";
import { withLock } from "../host/lock";
import { type Progress, reporting } from "../host/progress";
import { run } from "../host/run";
import { withScratch } from "../host/scratch";
import { ENGINE_VERSION, parseVersion, satisfies } from "./version";

/** The file name by which the engine finds a Node language host. */
export const NODE_HOST = "pulumi-language-nodejs";
/** The variable with the host that the launcher beside a built engine starts. */
export const NODE_HOST_VARIABLE = "STAGEWRIGHT_NODE_HOST";

const MODULE = join(__dirname, "go");
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * The path of the CLI built from `stagewright/engine/go`, built or not. The path contains the
 * version and the hash of `go.mod`.
 */
export function builtCli(env: NodeJS.ProcessEnv): string {
  const hash = createHash("sha256").update(goMod()).digest("hex").slice(0, 12);
  const key = `${ENGINE_VERSION}-${hash}-${process.platform}-${process.arch}`;
  return programIn(join(cacheDirectory(env), "engine", key), "pulumi");
}

/**
 * The oldest Go that builds the engine, `major.minor`. Go fetches the patch release itself if it
 * may.
 */
export function requiredGo(): string {
  return /^go (\d+\.\d+)/m.exec(goMod())?.[1] ?? "";
}

/**
 * Returns the first Go on the PATH that is new enough, with its version; `undefined` if none is.
 */
export async function findGo(env: NodeJS.ProcessEnv): Promise<{ go: string; version: string } | undefined> {
  for (const go of onPath("go", env)) {
    // GOTOOLCHAIN=local keeps this check from downloading another Go.
    const { code, stdout } = await run(go, ["version"], {
      env: { ...env, GOTOOLCHAIN: "local" },
      timeoutMs: 10_000,
    });
    const version = code === 0 ? parseVersion(stdout) : undefined;
    if (version && satisfies(version, requiredGo())) return { go, version };
  }
  return undefined;
}

/**
 * Builds the engine from the Go modules pinned by `stagewright/engine/go`, once for all processes,
 * and moves it into place atomically. The version must be linked in because the Automation API
 * refuses an engine without one.
 *
 * @throws Error with the last line of Go's output
 */
export async function build(go: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
  const target = builtCli(env);
  const directory = dirname(dirname(target));
  const waiting = (holder: string) =>
    progress(`waiting for ${holder}, which builds Pulumi ${ENGINE_VERSION}`);
  await withLock(join(directory, "build.lock"), waiting, async () => {
    if (isExecutable(target)) return;
    removeLeftovers(directory);
    const work = join(directory, `building-${process.pid}`);
    await withScratch(work, async () => {
      const made = join(work, "engine");
      mkdirSync(made);
      await compile(go, programIn(made, "pulumi"), { ...env, GOTMPDIR: work }, progress);
      writeNodeHost(made);
      rmSync(dirname(target), { recursive: true, force: true });
      renameSync(made, dirname(target));
    });
  });
}

async function compile(go: string, made: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
  const flags = `-s -w -X ${VERSION_VARIABLE}=v${ENGINE_VERSION}`;
  const what = `building Pulumi ${ENGINE_VERSION} with Go (once; about four minutes on two cores)`;
  let compiled = 0;
  const { code, output } = await reporting(progress, what, (at) =>
    run(go, ["build", "-v", "-ldflags", flags, "-o", made, PACKAGE], {
      cwd: MODULE,
      env: { ...env, GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" },
      line: (line) =>
        at(line.startsWith("go: ") ? line.slice(4) : `${++compiled} packages compiled, at ${line}`),
    }),
  );
  if (code !== 0) throw new Error(output.trim().split("\n").at(-1) || "go build failed");
  const { stdout: version } = await run(made, ["version"], { env, timeoutMs: 30_000 });
  if (parseVersion(version) !== ENGINE_VERSION)
    throw new Error(`what it built says version "${version.trim()}"`);
}

// The engine warns at every run if it finds its host only on the PATH, so it gets one beside it.
// Many checkouts share the cache, so this launcher starts the host of the checkout in use.
function writeNodeHost(directory: string): void {
  const missing = `${NODE_HOST_VARIABLE} must name the Node language host: stagewright/engine/node-host of a Stagewright checkout`;
  const script = `#!/bin/sh\nexec "\${${NODE_HOST_VARIABLE}:?${missing}}" "$@"\n`;
  writeFileSync(programIn(directory, NODE_HOST), script, { mode: 0o755 });
}

// Only the holder of the lock builds, so any other working directory belongs to a killed process.
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.startsWith("building-")) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function goMod(): string {
  return readFileSync(join(MODULE, "go.mod"), "utf8");
}
