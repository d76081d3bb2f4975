const HOUR = 3_600_000;

/**
 * Hours of a time to live such as `72h` or `14d`; `null` for `none`, `undefined` where the text is
 * neither.
 */
export function hoursOf(text: string): number | null | undefined {
  if (text === "none") return null;
  const { count, unit } = /^(?<count>[1-9]\d{0,3})(?<unit>[hd])$/.exec(text)?.groups ?? {};
  return count === undefined ? undefined : Number(count) * (unit === "d" ? 24 : 1);
}

/** A time to live as it is written: `72h`. */
export function lifetimeText(hours: number): string {
  return `${hours}h`;
}

/** The moment so many hours later. */
export function hoursAfter(moment: Date, hours: number): Date {
  return new Date(moment.getTime() + hours * HOUR);
}
