import type { z } from "zod";
import { constantsAt, descriptionAt, keysAt } from "../environment/json-schema";
import { has, isTree, merge, type Tree, valueAt } from "../environment/merge";
import { ConfigError, didYouMean, type Problem, quoted } from "../environment/problems";
import { NOT_RESERVED, reservedKeys } from "../environment/reserved";
import { type EnvironmentSpec, environment } from "../environment/schema/environment";
import { crossChecks } from "./checks";

/** The places where the two halves of an environment are written, for messages. */
export interface Sources {
  /** The Pulumi project, which is the namespace of the config keys. */
  project: string;
  stack: string;
  /**
   * Returns the line of a key path in a file, if the file was read: `["environment", "api",
   * "app"]`.
   */
  lineOf?: (half: "environment" | "differs", path: readonly PropertyKey[]) => number | undefined;
  /** A key found where half of the environment was expected, possibly a misspelling of it. */
  like?: (half: "environment" | "differs") => string | undefined;
}

/**
 * Returns the typed description of an environment: base and differences merged, validated and
 * checked against each other.
 * @throws ConfigError with all problems at once, each naming file, key, value and what is accepted.
 */
export function resolveSpec(base: unknown, differs: unknown, sources: Sources): EnvironmentSpec {
  const shapes: Problem[] = [];
  if (!isTree(base)) shapes.push(notAMap(base, "environment", sources));
  if (!isTree(differs)) shapes.push(notAMap(differs, "differs", sources));
  if (!isTree(base) || !isTree(differs)) throw new ConfigError(shapes);

  const reserved = [...reservedIn(base, {}, sources), ...reservedIn(differs, differs, sources)];
  if (reserved.length > 0) throw new ConfigError(reserved);

  const merged = merge(base, differs);
  const place = (path: readonly PropertyKey[]) => locate(path, differs, sources);
  const parsed = environment.safeParse(merged);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.flatMap((issue) => describe(issue, merged, place)));
  }
  const problems = crossChecks(parsed.data).map(({ path, says }) => ({ ...place(path), says }));
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

function reservedIn(half: Tree, differs: Tree, sources: Sources): Problem[] {
  return reservedKeys(half).map((path) => ({
    ...locate(path, differs, sources),
    says: `is not a name that is accepted here; accepted: ${NOT_RESERVED}`,
  }));
}

/** The place where something is written: a file, with a line if known, and a key. */
export type Place = Pick<Problem, "file" | "key">;

/**
 * Returns the place of a path of an environment: the stack's file if it states something at that
 * path, else the project's.
 */
export function locate(
  path: readonly PropertyKey[],
  differs: Tree,
  { project, stack, lineOf }: Sources,
): Place {
  const half = path.length > 0 && has(differs, path) ? "differs" : "environment";
  const file = half === "differs" ? `Pulumi.${stack}.yaml` : "Pulumi.yaml";
  const line = lineOf?.(half, path);
  const key = path.reduce<string>(
    (text, step) => text + (typeof step === "number" ? `[${step}]` : `.${String(step)}`),
    `${project}:${half}`,
  );
  return { file: line === undefined ? file : `${file}:${line}`, key };
}

function notAMap(value: unknown, half: "environment" | "differs", sources: Sources): Problem {
  const { file } = locate([], {}, sources);
  const found = sources.like?.(half);
  const instead = found === undefined ? "" : `, while the file has '${found}'`;
  const says =
    value === undefined || value === null
      ? half === "differs"
        ? `is missing${instead}; accepted is a map of how this stack differs, {} where it does not`
        : `is missing${instead}; accepted is a map that describes the whole environment under \`value:\``
      : `is ${quoted(value)}; accepted is a map`;
  return {
    file: half === "differs" ? `Pulumi.${sources.stack}.yaml` : file,
    key: `${sources.project}:${half}`,
    says,
  };
}

function describe(
  issue: z.core.$ZodIssue,
  tree: Tree,
  place: (path: readonly PropertyKey[]) => Place,
): Problem[] {
  const { path } = issue;
  const given = valueAt(tree, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const known = keysAt(path, tree);
        return {
          ...place([...path, key]),
          says: `is not a key that is known here; accepted: ${known.join(", ")}${didYouMean(key, known)}`,
        };
      });
    case "invalid_value": {
      const values = issue.values.map(String);
      return [{ ...place(path), says: is(given, has(tree, path), oneOf(values, given), values) }];
    }
    case "invalid_union": {
      const values = constantsAt(path);
      return [{ ...place(path), says: is(given, has(tree, path), oneOf(values, given), values) }];
    }
    case "invalid_type":
      return [
        {
          ...place(path),
          says: is(given, has(tree, path), `${article(issue.expected)}${meaning(path, tree)}`, []),
        },
      ];
    case "invalid_key":
      return [
        {
          ...place(path),
          says: `is not a name that is accepted here; accepted: ${issue.issues[0]?.message}`,
        },
      ];
    case "invalid_format":
      return [{ ...place(path), says: is(given, true, issue.message, []) }];
    case "too_small":
    case "too_big": {
      const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      const unit = issue.origin === "string" ? " characters" : issue.origin === "array" ? " entries" : "";
      return [{ ...place(path), says: is(given, true, `${bound}${unit}${meaning(path, tree)}`, []) }];
    }
    default:
      return [{ ...place(path), says: is(given, has(tree, path), issue.message, []) }];
  }
}

function is(given: unknown, present: boolean, accepted: string, names: string[]): string {
  const hint = typeof given === "string" ? didYouMean(given, names) : "";
  return `${present && given !== undefined ? `is ${quoted(given)}` : "is missing"}; accepted: ${accepted}${hint}`;
}

// YAML reads 16 as a number, so the message shows in quotes a value that must be a string.
function oneOf(values: string[], given: unknown): string {
  const shown =
    given === undefined || typeof given === "string" ? values : values.map((value) => `"${value}"`);
  return `one of ${shown.join(", ")}`;
}

function article(expected: string): string {
  const names: Record<string, string> = {
    record: "a map",
    object: "a map",
    int: "a whole number",
    number: "a whole number",
    array: "a list",
  };
  return names[expected] ?? `a ${expected}`;
}

function meaning(path: readonly PropertyKey[], tree: Tree): string {
  const description = descriptionAt(path, tree);
  return description ? ` (${description.replace(/\.$/, "")})` : "";
}
