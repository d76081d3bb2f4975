import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { merge, type Tree } from "../../../stagewright/environment/merge";
import { ROOT } from "../../support/projects";

const FILES = ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.production.yaml"] as const;
type File = (typeof FILES)[number];

/** A change of dandi's project. */
export interface Edit {
  /** Patches (RFC 7396) of the environment in `Pulumi.yaml` and of the stacks' differences. */
  environment?: Tree;
  staging?: Tree;
  production?: Tree;
  /** Changes of a file as text, after the patches. */
  text?: Partial<Record<File, (text: string) => string>>;
  /** Another program. */
  program?: string;
}

/** A prepared change, and what its review must say. */
export interface Prepared extends Edit {
  title: string;
  /** Default: production. */
  stack?: "staging" | "production";
  /** The whole first line. */
  verdict: string | RegExp;
  /** What stands in the text somewhere. */
  says?: RegExp[];
  /** What stands in it nowhere. */
  never?: RegExp[];
  /** Names of the resources to which more than an update happens; default: none. */
  replace?: string[] | "any";
  create?: string[] | "any";
  delete?: string[] | "any";
}

/** The project's files with an edit applied to them. */
export function edited({
  environment,
  staging,
  production,
  text = {},
  program,
}: Edit): Record<string, string> {
  const files = Object.fromEntries(
    FILES.map((file) => [file, readFileSync(path.join(ROOT, file), "utf8")]),
  ) as Record<File, string>;
  const patch = (file: File, keys: string[], change: Tree | undefined) => {
    if (change) files[file] = stringify(patched(parse(files[file]) as Tree, keys, change));
  };
  patch("Pulumi.yaml", ["config", "dandi:environment", "value"], environment);
  patch("Pulumi.staging.yaml", ["config", "dandi:differs"], staging);
  patch("Pulumi.production.yaml", ["config", "dandi:differs"], production);
  for (const file of FILES) files[file] = text[file]?.(files[file]) ?? files[file];
  return { ...files, ...(program === undefined ? {} : { "index.ts": program }) };
}

/** One edit after another. Texts and programs of the second win. */
export function both(first: Edit, second: Edit): Edit {
  const of = (key: "environment" | "staging" | "production") =>
    first[key] && second[key] ? compose(first[key], second[key]) : (first[key] ?? second[key]);
  return {
    ...first,
    ...second,
    environment: of("environment"),
    staging: of("staging"),
    production: of("production"),
  };
}

// Not a merge: a `null` of the second patch must stay one, to take away what stands in the files.
function compose(first: Tree, second: Tree): Tree {
  const isMap = (value: unknown): value is Tree =>
    value !== null && typeof value === "object" && !Array.isArray(value);
  const both = Object.entries(second).map(([key, value]) => {
    const before = first[key];
    return [key, isMap(before) && isMap(value) ? compose(before, value) : value];
  });
  return { ...first, ...Object.fromEntries(both) };
}

// Not through a merge of the whole file either, for the stacks' own nulls must stay in it.
function patched(tree: Tree, [key = "", ...rest]: string[], change: Tree): Tree {
  const inner = (tree[key] ?? {}) as Tree;
  return {
    ...tree,
    [key]:
      rest.length > 0
        ? patched(inner, rest, change)
        : key === "value"
          ? merge(inner, change)
          : compose(inner, change),
  };
}
