/**
 * A stand-in for a value that only the engine's run will know, naming where it comes from:
 * `⟨aws:s3/bucket:Bucket::bucket arn⟩`. Text that is made from it carries it along.
 */
export function mark(source: string, output: string): string {
  return `⟨${source} ${output}⟩`;
}

/** Where a value comes from. */
export interface Source {
  /** Key of a resource, or `config`. */
  of: string;
  /** Which of its outputs. */
  output: string;
}

/** The sources of all marks inside a value, in order. */
export function sourcesIn(value: unknown): Source[] {
  const found = (JSON.stringify(value) ?? "").matchAll(/⟨([^⟨⟩]*) ([^⟨⟩ ]*)⟩/g);
  return [...found].map(([, of = "", output = ""]) => ({ of, output }));
}
