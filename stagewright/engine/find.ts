import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isExecutable, onPath, pathWith, programIn } from "../host/executables";
import type { Progress } from "../host/progress";
import { run } from "../host/run";
import { build, builtCli, findGo, NODE_HOST, NODE_HOST_VARIABLE, requiredGo } from "./build";
import { download, officialCli } from "./download";
import { ENGINE_VERSION, parseVersion, satisfies } from "./version";

/** A usable Pulumi engine. */
export interface Engine {
  /** Absolute path of the executable. */
  pulumi: string;
  /** `major.minor.patch` */
  version: string;
  /**
   * On the PATH; already in the official place; downloaded there just now; built by us, now or
   * before.
   */
  origin: "path" | "installed" | "downloaded" | "built";
  /** Whether the Node language host came with the CLI or is `stagewright/engine/node-host`. */
  nodeHost: "bundled" | "own";
  /**
   * Additions to the environment of every process that runs the engine: a PATH that contains
   * `pulumi` and its host.
   */
  env: NodeJS.ProcessEnv;
}

/**
 * No engine was found or could be installed. The message is one sentence that names the problem and
 * its fix.
 */
export class EngineMissing extends Error {
  override name = "EngineMissing";
}

const OWN_HOSTS = join(__dirname, "node-host");
const ORIGINS = ["path", "downloaded", "built"] as const;
type Wish = (typeof ORIGINS)[number];

/**
 * Finds an engine: a `pulumi` on the PATH that is new enough, then one installed or built earlier,
 * then the official download, then a build with Go. `STAGEWRIGHT_ENGINE` (`path`, `downloaded` or
 * `built`) restricts the search to one of these.
 *
 * @param options.progress reports slow steps; default: no reports
 * @param options.env the environment to search; default: that of this process
 * @throws EngineMissing
 */
export async function findEngine(
  options: { progress?: Progress; env?: NodeJS.ProcessEnv } = {},
): Promise<Engine> {
  const { progress = () => {}, env = process.env } = options;
  const cached = await findCachedEngine(env);
  if (cached) return cached;
  const allows = wish(env);
  const missing: string[] = [];

  if (allows("path")) missing.push(`there is no Pulumi CLI ${ENGINE_VERSION} or newer on the PATH`);
  if (allows("downloaded")) {
    try {
      await download(env, progress);
      return engine(officialCli(env), ENGINE_VERSION, "downloaded", env);
    } catch (error) {
      missing.push(`its download cannot be reached (${(error as Error).message})`);
    }
  }
  if (allows("built")) {
    const found = await findGo(env);
    try {
      if (found) {
        await build(found.go, env, progress);
        return engine(builtCli(env), ENGINE_VERSION, "built", env);
      }
      missing.push(`there is no Go ${requiredGo()} or newer to build it with`);
    } catch (error) {
      missing.push(`it cannot be built with Go ${found?.version} (${(error as Error).message})`);
    }
  }
  throw new EngineMissing(
    `no Pulumi engine: ${missing.join(", and ")}; install the Pulumi CLI ${ENGINE_VERSION} or newer, or Go ${requiredGo()} or newer`,
  );
}

/** Returns the engine that `findEngine` finds without a download or a build. */
export async function findCachedEngine(env: NodeJS.ProcessEnv = process.env): Promise<Engine | undefined> {
  const allows = wish(env);
  if (allows("path")) {
    for (const pulumi of installedByOthers(env)) {
      const version = await versionOf(pulumi, env);
      if (version && satisfies(version, ENGINE_VERSION)) return engine(pulumi, version, "path", env);
    }
  }
  if (allows("downloaded") && isExecutable(officialCli(env))) {
    return engine(officialCli(env), ENGINE_VERSION, "installed", env);
  }
  if (allows("built") && isExecutable(builtCli(env)))
    return engine(builtCli(env), ENGINE_VERSION, "built", env);
  return undefined;
}

// npm puts `node_modules/.bin` on the PATH of its scripts, with the wrapper of the npm package
// `pulumi`, which downloads. Folders of ours that an outer process added to the PATH are skipped
// too: the engine there is found directly and with its true origin.
function installedByOthers(env: NodeJS.ProcessEnv): string[] {
  const ours = [officialCli(env), builtCli(env)];
  const isWrapper = (file: string) => realpathSync(file).includes(`${sep}node_modules${sep}`);
  return onPath("pulumi", env).filter((file) => !ours.includes(file) && !isWrapper(file));
}

function wish(env: NodeJS.ProcessEnv): (origin: Wish) => boolean {
  const forced = env.STAGEWRIGHT_ENGINE;
  if (!forced) return () => true;
  if (!ORIGINS.some((origin) => origin === forced)) {
    throw new EngineMissing(`STAGEWRIGHT_ENGINE is "${forced}"; accepted are ${ORIGINS.join(", ")}`);
  }
  return (origin) => origin === forced;
}

// A rehearsal runs the engine several times but looks it up once.
const versions = new Map<string, string>();

async function versionOf(pulumi: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const known = versions.get(pulumi);
  if (known) return known;
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stdout } = await run(pulumi, ["version"], { env: quiet, timeoutMs: 10_000 });
  const version = code === 0 ? parseVersion(stdout) : undefined;
  if (version) versions.set(pulumi, version);
  return version;
}

function engine(pulumi: string, version: string, origin: Engine["origin"], env: NodeJS.ProcessEnv): Engine {
  const nodeHost = origin !== "built" && hasNodeHost(pulumi, env) ? "bundled" : "own";
  // A CLI without a host beside it finds one only in this directory on the PATH.
  const directories = nodeHost === "own" && origin !== "built" ? [OWN_HOSTS] : [];
  return {
    pulumi,
    version,
    origin,
    nodeHost,
    env: {
      PATH: pathWith([dirname(pulumi), ...directories], env),
      ...(nodeHost === "own" ? { [NODE_HOST_VARIABLE]: programIn(OWN_HOSTS, NODE_HOST) } : {}),
      // Turns off the notice of newer versions, and its network request, for a version that we
      // choose.
      ...(origin === "path" ? {} : { PULUMI_SKIP_UPDATE_CHECK: "true" }),
    },
  };
}

function hasNodeHost(pulumi: string, env: NodeJS.ProcessEnv): boolean {
  const ours = [OWN_HOSTS, dirname(builtCli(env))];
  const beside = programIn(dirname(realpathSync(pulumi)), NODE_HOST);
  return isExecutable(beside) || onPath(NODE_HOST, env).some((host) => !ours.includes(dirname(host)));
}
