/**
 * A fault that the schema cannot see in a single key: two parts that do not fit each other.
 */
export interface Mismatch {
  path: PropertyKey[];
  /** The rest of the sentence, after file and key. */
  says: string;
}
