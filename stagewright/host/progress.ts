/** Receives one line for people at a time. */
export type Progress = (line: string) => void;

const EVERY_MS = 5_000;

/** Seconds as people say them: `42 s`, `3 min 05 s`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/**
 * Says what is done now, and again every five seconds with the time it has taken, until `work`
 * ends. `work` may name the detail that it is at, which is said with the time.
 */
export async function reporting<T>(
  progress: Progress,
  what: string,
  work: (at: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const started = Date.now();
  let detail = "";
  progress(what);
  const timer = setInterval(() => {
    progress(`${what}: ${duration((Date.now() - started) / 1000)} so far${detail && `, ${detail}`}`);
  }, EVERY_MS);
  try {
    return await work((now) => {
      detail = now;
    });
  } finally {
    clearInterval(timer);
  }
}
