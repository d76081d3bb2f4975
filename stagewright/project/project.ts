import { readdirSync } from "node:fs";
import { isTree, type Tree } from "../environment/merge";
import { ConfigError, didYouMean, type Problem } from "../environment/problems";
import { requiredSecrets } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { readYaml } from "../environment/yaml";
import { locate, type Place, resolveSpec } from "./validate";

/** A Pulumi project folder with our environment in it, read from its files without the engine. */
export interface Project {
  /** The folder that holds `Pulumi.yaml`. */
  dir: string;
  /** The project's name, which is the namespace of its config keys and the name of the system. */
  name: string;
  /** `Pulumi.yaml` as written. */
  settings: Tree;
  /** The names of all stacks with a `Pulumi.<stack>.yaml`. */
  stacks: string[];
}

/** One stack's file and the resulting environment. */
export interface StackFiles {
  stack: string;
  spec: EnvironmentSpec;
  /** `Pulumi.<stack>.yaml` as written. */
  settings: Tree;
  /** The stack's differences as written. */
  differs: Tree;
  /** Full keys of config secrets that deliberately belong to another stack. */
  borrowed?: { from: string; secrets: readonly string[] };
  /** Returns where a path of the environment is written, for messages. */
  place(path: readonly PropertyKey[]): Place;
}

/** @throws ConfigError if the folder has no usable project. */
export function readProject(dir: string): Project {
  const { tree } = readYaml(
    dir,
    "Pulumi.yaml",
    "a folder with a Pulumi project, for example --dir systems/upendo",
  );
  if (typeof tree.name !== "string") {
    throw new ConfigError([
      { file: "Pulumi.yaml", key: "name", says: "is missing; accepted: the name of the project" },
    ]);
  }
  const stacks = readdirSync(dir)
    .map((file) => /^Pulumi\.(?<stack>.+)\.yaml$/.exec(file)?.groups?.stack)
    .filter((stack) => stack !== undefined)
    .sort();
  return { dir, name: tree.name, settings: tree, stacks };
}

/** @throws ConfigError with all problems of the stack's configuration. */
export function readStack(project: Project, stack: string): StackFiles {
  const file = `Pulumi.${stack}.yaml`;
  if (!project.stacks.includes(stack)) {
    const known = project.stacks.join(", ") || "none";
    const says = `does not exist; the stacks of ${project.name} are: ${known}${didYouMean(stack, project.stacks)}`;
    throw new ConfigError([{ file, key: "", says }]);
  }
  const base = readYaml(project.dir, "Pulumi.yaml");
  const own = readYaml(project.dir, file);
  const baseKey = [`${project.name}:environment`, "value"];
  const differsKey = [`${project.name}:differs`];
  const stated = own.at(["config", ...differsKey]);
  const lineOf = (half: "environment" | "differs", at: readonly PropertyKey[]) =>
    half === "environment"
      ? base.lineOf(["config", ...baseKey, ...at])
      : own.lineOf(["config", ...differsKey, ...at]);
  const like = (half: "environment" | "differs") =>
    Object.keys(configIn(half === "environment" ? base.tree : own.tree)).find(
      (key) => key === half || key.endsWith(`:${half}`),
    );
  const sources = { project: project.name, stack, lineOf, like };
  refuseOtherReadings([
    ...base.readOtherwise(["config", ...baseKey]),
    ...own.readOtherwise(["config", ...differsKey]),
  ]);
  const spec = resolveSpec(base.at(["config", ...baseKey]), stated, sources);
  refuseUnknownKeys(project, stack, own.tree, spec);
  return {
    stack,
    spec,
    settings: own.tree,
    differs: stated as Tree,
    place: (path) => locate(path, stated as Tree, sources),
  };
}

function refuseOtherReadings(problems: Problem[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

// Otherwise a stack with a misspelt `dandi:difers` would silently equal the base.
function refuseUnknownKeys(project: Project, stack: string, tree: Tree, spec: EnvironmentSpec): void {
  const prefix = `${project.name}:`;
  const known = ["differs", ...requiredSecrets(spec)].map((name) => prefix + name);
  const problems: Problem[] = Object.keys(configIn(tree))
    .filter((key) => key.startsWith(prefix) && !known.includes(key))
    .map((key) => ({
      file: `Pulumi.${stack}.yaml`,
      key,
      says: `is not a key that is known here; accepted: ${known.join(", ")}${didYouMean(key, known)}`,
    }));
  if (problems.length > 0) throw new ConfigError(problems);
}

function configIn({ config }: Tree): Tree {
  return isTree(config) ? config : {};
}
