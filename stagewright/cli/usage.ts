/** A wrong call of the command: reported as one sentence, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
