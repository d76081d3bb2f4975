import { Temporal } from "temporal-polyfill";

/**
 * The time. Tests alone set `STAGEWRIGHT_NOW` (seconds since 1970), which stops the clock; the
 * workflows' steps know it too.
 */
export function now(): Temporal.Instant {
  const stopped = process.env.STAGEWRIGHT_NOW;
  return stopped === undefined
    ? Temporal.Now.instant()
    : Temporal.Instant.fromEpochMilliseconds(Number(stopped) * 1000);
}
