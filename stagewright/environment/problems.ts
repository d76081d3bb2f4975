import { distance } from "fastest-levenshtein";

/** One thing that is wrong with the configuration, for the person who wrote it. */
export interface Problem {
  /** The file to open, for example `Pulumi.staging.yaml`, with a line where it is known. */
  file: string;
  /**
   * The key in that file, for example `dandi:differs.database.plan`. Empty: the file as a whole.
   */
  key: string;
  /** What is wrong and what is accepted: the rest of the sentence. */
  says: string;
}

/** The configuration cannot be used. Holds every problem that was found, not only the first. */
export class ConfigError extends Error {
  override name = "ConfigError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sentence).join("\n"));
  }
}

/** A problem as one sentence. */
export function sentence({ file, key, says }: Problem): string {
  return [file, key, says].filter((part) => part !== "").join(": ");
}

/** The name that was probably meant, as the end of a sentence; empty where none is near. */
export function didYouMean(given: string, names: Iterable<string>): string {
  const [nearest] = [...names]
    .map((name) => ({ name, far: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(2, given.length / 3) ? `; did you mean '${nearest.name}'?` : "";
}

/** A value as it stands in a sentence: short, on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
