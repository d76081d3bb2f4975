/**
 * Whether what is printed goes to a terminal that shows colours. Not in CI, where a log is read as
 * text.
 */
export function colored(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
