/** Where a price comes from, so that everybody can judge and renew it. */
export interface Source {
  /** The vendor's own page of prices. */
  url: string;
  /**
   * vendor: read on a page of the vendor's. secondary: read in somebody else's table, which agrees
   * with what we knew. memory: what we knew, read nowhere on that day.
   */
  basis: "vendor" | "secondary" | "memory";
  /**
   * The day for which it was stated, or, for what bears no date, on which it was read or written
   * down: YYYY-MM-DD.
   */
  date: string;
}

/**
 * What one of a plan costs a month, in USD without taxes; prices for less than a month are in
 * proportion.
 */
export type Price =
  | {
      kind: "monthly";
      usd: number;
      /** Once for all of the account, however many there are of it. */
      flat: boolean;
      source: Source;
    }
  /** What it costs depends on what is done with it. */
  | { kind: "by use"; of: string; source: Source }
  /** The vendor sells it at a price that we could not find out. */
  | { kind: "unknown"; source: Source };

/** The plans of one product, by the name that the vendor's API gives them. */
export type PriceList = Readonly<Record<string, Price>>;

/** Prices in USD a month by plan; `null` where we could not find one out. */
export function monthly<Plan extends string>(
  source: Source,
  usd: Readonly<Record<Plan, number | null>>,
  { flat = false }: { flat?: boolean } = {},
): Readonly<Record<Plan, Price>> {
  const entries = Object.entries<number | null>(usd).map(([plan, amount]): [string, Price] => [
    plan,
    amount === null ? { kind: "unknown", source } : { kind: "monthly", usd: amount, flat, source },
  ]);
  return Object.fromEntries(entries) as Record<Plan, Price>;
}
