import { existsSync, readFileSync } from "node:fs";
import { valueAt } from "../environment/merge";
import { ConfigError, quoted } from "../environment/problems";
import { type Facts, facts } from "../release/decision/facts";

/**
 * Reads facts from a JSON file; without a file no facts are known.
 *
 * @throws ConfigError with one sentence for each wrong key
 */
export function readFacts(file: string | undefined): Facts {
  if (file === undefined) return facts.parse({});
  if (!existsSync(file)) throw wrong(file, "", "does not exist; accepted is a JSON file with facts");
  const tree = json(file);
  const read = facts.safeParse(tree);
  if (read.success) return read.data;
  throw new ConfigError(
    read.error.issues.flatMap((issue) => {
      const key = issue.path.map(String).join(".");
      if (issue.code === "unrecognized_keys")
        return issue.keys.map((name) => ({
          file,
          key: [key, name].filter((part) => part !== "").join("."),
          says: "is not a key that is known here",
        }));
      return [{ file, key, says: `is ${quoted(valueAt(tree, issue.path))}; accepted: ${accepted(issue)}` }];
    }),
  );
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw wrong(file, "", `is no valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function accepted(issue: { code?: string; message: string; values?: unknown[]; expected?: string }): string {
  if (issue.values) return `one of ${issue.values.join(", ")}`;
  if (issue.expected !== undefined)
    return { object: "a map", record: "a map", array: "a list" }[issue.expected] ?? `a ${issue.expected}`;
  return issue.message;
}

function wrong(file: string, key: string, says: string): ConfigError {
  return new ConfigError([{ file, key, says }]);
}
