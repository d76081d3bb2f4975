import { distance } from "fastest-levenshtein";

/** One configuration error, written for the person who made it. */
export interface Problem {
  /** The file to open, for example `Pulumi.staging.yaml`, with a line if known. */
  file: string;
  /**
   * The key in that file, for example `dandi:differs.database.plan`. Empty for the file as a whole.
   */
  key: string;
  /** The rest of the sentence: the fault and the accepted values. */
  says: string;
}

/** The configuration is unusable. Holds every problem found, not only the first. */
export class ConfigError extends Error {
  override name = "ConfigError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sentence).join("\n"));
  }
}

/** Formats a problem as one sentence. */
export function sentence({ file, key, says }: Problem): string {
  return [file, key, says].filter((part) => part !== "").join(": ");
}

/** Suggests the closest known name, as the end of a sentence; empty if none is close. */
export function didYouMean(given: string, names: Iterable<string>): string {
  const [nearest] = [...names]
    .map((name) => ({ name, far: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(2, given.length / 3) ? `; did you mean '${nearest.name}'?` : "";
}

/** Formats a value for a sentence: short, on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
