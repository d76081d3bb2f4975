/** The command was called in a way that it does not understand: one sentence, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
