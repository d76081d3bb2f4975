/** Whether stdout is a terminal that shows colours. False in CI, whose logs are read as text. */
export function colored(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
