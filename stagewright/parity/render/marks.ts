/**
 * A stand-in for a value known only in an engine run, which names its source:
 * `⟨aws:s3/bucket:Bucket::bucket arn⟩`. Text made from it contains it.
 */
export function mark(source: string, output: string): string {
  return `⟨${source} ${output}⟩`;
}

/** The source of a value. */
export interface Source {
  /** Key of a resource, or `config`. */
  of: string;
  /** Which of its outputs. */
  output: string;
}

/** Returns the sources of all marks inside a value, in order. */
export function sourcesIn(value: unknown): Source[] {
  const found = (JSON.stringify(value) ?? "").matchAll(/⟨([^⟨⟩]*) ([^⟨⟩ ]*)⟩/g);
  return [...found].map(([, of = "", output = ""]) => ({ of, output }));
}
