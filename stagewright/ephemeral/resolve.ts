import { has, isTree, merge, type Tree, valueAt } from "../environment/merge";
import { ConfigError, type Problem } from "../environment/problems";
import { requiredSecrets } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { parseTracks } from "../environment/schema/release";
import type { Project, StackFiles } from "../project/project";
import { resolveSpec } from "../project/validate";
import type { Description } from "./description";
import { ADDON_ENDING, nameFault, stackOf } from "./names";
import { longestNameLike, patchFor } from "./patch";
import type { Request } from "./request";

/** What an ephemeral environment will be. */
export interface Resolved {
  /** The environment that it is like, whole. */
  environment: Tree;
  differs: Tree;
  spec: EnvironmentSpec;
  secrets: string[];
  shared: string[];
  places: Record<string, string>;
}

const MAIN_BRANCHES = ["main", "master", "trunk", "develop"];

/**
 * Checks a request and makes of it what is to be created.
 * @throws ConfigError
 */
export function resolve(project: Project, like: StackFiles, request: Request): Resolved {
  refuseName(project, like, request.name);
  const base = valueAt(project.settings, ["config", `${project.name}:environment`, "value"]);
  const environment = merge(isTree(base) ? base : {}, like.differs);
  const differs = patchFor(like.spec, request);
  const spec = specOf(project.name, request, environment, differs);
  if (spec.data.protected)
    throw wrong("--set", "data.protected", "is true; accepted is false: an ephemeral environment goes away");
  const secrets = requiredSecrets(spec);
  return {
    environment,
    differs,
    spec,
    secrets,
    shared: sharedIn(spec, like.stack, secrets),
    places: placesIn(spec),
  };
}

/**
 * The environment that a description is of, or `undefined` where this version of the program does
 * not accept it any more.
 */
export function described(project: string, description: Description): EnvironmentSpec | undefined {
  const { name, environment, differs } = description;
  try {
    return resolveSpec(environment, differs, { project, stack: stackOf(name) });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function refuseName(project: Project, like: StackFiles, name: string): void {
  const fault = nameFault(name, longestNameLike(like.spec));
  if (fault !== undefined) throw wrong("env create", "NAME", fault);
  const tracked = [like.spec.release.api?.tracks, like.spec.release.gui?.tracks].flatMap((text) => {
    const tracks = parseTracks(text ?? "nothing");
    return tracks.kind === "branch" ? [tracks.branch] : [];
  });
  const reserved = new Set([...project.stacks, like.spec.name, ...tracked, ...MAIN_BRANCHES]);
  if (reserved.has(name) || project.stacks.includes(stackOf(name)))
    throw wrong(
      "env create",
      "NAME",
      `is '${name}', which is reserved; accepted is none of ${[...reserved].join(", ")}`,
    );
  const ending = ADDON_ENDING.exec(name)?.[0];
  if (ending !== undefined)
    throw wrong(
      "env create",
      "NAME",
      `ends with '${ending}', as the names of add-ons do; accepted is another name`,
    );
}

// There is no file to blame: what is wrong was said on the command line, or stands in the other
// stack's files.
function specOf(project: string, request: Request, environment: Tree, differs: Tree): EnvironmentSpec {
  const { name, set, database } = request;
  try {
    return resolveSpec(environment, differs, { project, stack: stackOf(name) });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const placed = error.problems.map(({ key, says }): Problem => {
      const path = key.replace(/^[^:]*:(differs|environment)\.?/, "");
      if (has(set, path.split("."))) return { file: "--set", key: path, says };
      if (path === `database.${database}`) return { file: `--database ${database}`, key: "", says };
      return { file: `env create ${name}`, key: path, says };
    });
    throw new ConfigError(placed);
  }
}

function sharedIn({ database, broker, bucket }: EnvironmentSpec, like: string, secrets: string[]): string[] {
  return [
    ...(database?.shared ? [`database of ${database.shared.from}`] : []),
    ...(broker?.via === "shared" ? [`broker of ${broker.from}`] : []),
    ...(bucket?.shared ? [`bucket of ${bucket.shared.from}, below ${bucket.shared.prefix}`] : []),
    ...secrets.map((name) => `secret ${name} of ${like}`),
  ];
}

function placesIn({ api, gui, bucket }: EnvironmentSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ app: api?.app, site: gui?.site, bucket: bucket?.name }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

function wrong(file: string, key: string, says: string): ConfigError {
  return new ConfigError([{ file, key, says }]);
}
