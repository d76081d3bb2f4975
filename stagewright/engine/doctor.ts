import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { satisfies as inRange } from "semver";
import { cacheDirectory } from "../host/cache";
import { onPath } from "../host/executables";
import { run } from "../host/run";
import { findGo, requiredGo } from "./build";
import { officialReachable } from "./download";
import { type Engine, EngineMissing, findCachedEngine } from "./find";
import { ENGINE_VERSION, parseVersion } from "./version";

/** One requirement of this project on the machine. */
export interface Finding {
  name: string;
  ok: boolean;
  /** The finding: a version, a path, a size, or what is missing. */
  found: string;
  /** How to fix it; set if `ok` is false. */
  fix?: string;
}

const NODE = "20.19";
const ASK_MS = 10_000;
const GIB = 2 ** 30;
// Measured for a build: 0.1 GiB for the engine, 1.6 for Go modules, 1.7 for Go's build cache
// (usually on the same disk).
const BUILD_GIB = 3.5;
const KEEP_GIB = 0.3;

/**
 * Checks everything that the project needs of this machine. It installs nothing. A closed network
 * costs three seconds, and only if no engine is installed yet.
 */
export async function doctor(env: NodeJS.ProcessEnv = process.env): Promise<Finding[]> {
  const engine = await cachedEngine(env);
  const [reachable, go, ...tools] = await Promise.all([
    engine.found || officialReachable(),
    findGo(env),
    tool("npm", ["npm", "--version"], "install npm, which comes with Node", env),
    tool("git", ["git", "--version"], "install git", env),
    tool(
      "Python 3",
      ["python3", "--version"],
      "install Python 3: the tests check workflow files with its linters",
      env,
    ),
  ]);
  const mustBuild = !engine.found && !reachable;
  return [
    node(process.versions.node),
    ...tools,
    {
      name: "Go",
      ok: go !== undefined || !mustBuild,
      found: go?.version ?? (mustBuild ? "none" : "none, and none is needed"),
      fix: `install Go ${requiredGo()} or newer, or the Pulumi CLI ${ENGINE_VERSION} or newer`,
    },
    engineFinding(engine, reachable === true, go !== undefined),
    languageHost(engine.found),
    diskSpace(cacheDirectory(env), mustBuild ? BUILD_GIB : KEEP_GIB),
    writeAccess(cacheDirectory(env)),
    libsql(),
  ].map(withoutNeedlessFix);
}

/** Formats the findings for people: one line each, with the fix below each problem. */
export function renderDoctor(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .map(({ name, ok, found, fix }) => {
      const line = `${ok ? "✓" : "✗"} ${name.padEnd(width)}  ${found}`;
      return fix ? `${line}: ${fix}` : line;
    })
    .join("\n");
}

interface Cached {
  found?: Engine;
  /** Explains a missing engine if the environment forbids the search. */
  refused?: string;
}

async function cachedEngine(env: NodeJS.ProcessEnv): Promise<Cached> {
  try {
    return { found: await findCachedEngine(env) };
  } catch (error) {
    if (error instanceof EngineMissing) return { refused: error.message };
    throw error;
  }
}

function node(version: string): Finding {
  return {
    name: "Node",
    ok: inRange(version, `>=${NODE}`),
    found: version,
    fix: `install Node ${NODE} or newer`,
  };
}

async function tool(name: string, command: string[], fix: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const [program = "", ...args] = command;
  const [file] = onPath(program, env);
  if (!file) return { name, ok: false, found: "none", fix };
  const { code, stdout } = await run(file, args, { env, timeoutMs: ASK_MS });
  const version = parseVersion(stdout);
  return code === 0 && version
    ? { name, ok: true, found: version }
    : { name, ok: false, found: `${file} does not run`, fix };
}

function engineFinding({ found, refused }: Cached, reachable: boolean, go: boolean): Finding {
  const name = "Pulumi engine";
  if (found) return { name, ok: true, found: `${found.version}, ${found.origin}, ${found.pulumi}` };
  if (refused) return { name, ok: false, found: refused, fix: "unset STAGEWRIGHT_ENGINE" };
  const way = reachable ? "downloaded" : go ? "built with Go in about four minutes" : undefined;
  return {
    name,
    ok: way !== undefined,
    found: way
      ? `none yet; at first use it is ${way}`
      : "none, its download cannot be reached, and there is no Go",
    fix: `install the Pulumi CLI ${ENGINE_VERSION} or newer`,
  };
}

function languageHost(engine: Engine | undefined): Finding {
  const own = "this project's own (stagewright/engine/node-host)";
  const found =
    engine === undefined ? "comes with the engine" : engine.nodeHost === "own" ? own : "the engine's";
  return { name: "Node language host", ok: true, found };
}

function diskSpace(cache: string, neededGib: number): Finding {
  const { bavail, bsize } = statfsSync(existing(cache));
  const free = (bavail * bsize) / GIB;
  return {
    name: "disk space",
    ok: free >= neededGib,
    found: `${free.toFixed(1)} GiB free for ${cache}`,
    fix: `free ${neededGib} GiB, or let STAGEWRIGHT_CACHE name a directory that has it`,
  };
}

function writeAccess(cache: string): Finding {
  const fix = "make it writable, or let STAGEWRIGHT_CACHE name a directory that is";
  try {
    accessSync(existing(cache), constants.W_OK);
    return { name: "write access", ok: true, found: cache };
  } catch {
    return { name: "write access", ok: false, found: `${cache} cannot be written`, fix };
  }
}

function existing(directory: string): string {
  return existsSync(directory) ? directory : existing(dirname(directory));
}

function libsql(): Finding {
  const fix =
    "run npm ci again: npm installs the native part of libsql for this platform as an optional dependency";
  try {
    const Database = require("libsql") as new (file: string) => { close(): void };
    new Database(":memory:").close();
    return { name: "libsql", ok: true, found: "loads" };
  } catch (error) {
    return {
      name: "libsql",
      ok: false,
      found: (error as Error).message.split("\n")[0] ?? "does not load",
      fix,
    };
  }
}

function withoutNeedlessFix({ fix, ...finding }: Finding): Finding {
  return finding.ok || fix === undefined ? finding : { ...finding, fix };
}
