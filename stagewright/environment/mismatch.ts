/**
 * Something that no single key can be blamed for by the schema: two parts that do not fit each
 * other.
 */
export interface Mismatch {
  path: PropertyKey[];
  /** The rest of the sentence after file and key. */
  says: string;
}
