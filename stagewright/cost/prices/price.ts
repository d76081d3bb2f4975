/** The source of a price, so that anyone can judge and update it. */
export interface Source {
  /** The vendor's own pricing page. */
  url: string;
  /**
   * vendor: read on a page of the vendor. secondary: read in a third party's table that agrees with
   * our knowledge. memory: our knowledge, not checked against a page on that day.
   */
  basis: "vendor" | "secondary" | "memory";
  /**
   * The date that the source states, or, if it states none, the date on which we read it or wrote
   * it down: YYYY-MM-DD.
   */
  date: string;
}

/**
 * Monthly price of one unit of a plan, in USD without taxes; shorter periods are pro rata.
 */
export type Price =
  | {
      kind: "monthly";
      usd: number;
      /** Charged once per account, regardless of the quantity. */
      flat: boolean;
      source: Source;
    }
  /** Charged by use. */
  | { kind: "by use"; of: string; source: Source }
  /** We could not find out the vendor's price. */
  | { kind: "unknown"; source: Source };

/** The plans of one product, by their names in the vendor's API. */
export type PriceList = Readonly<Record<string, Price>>;

/** Builds a price list from USD a month by plan; `null` is an unknown price. */
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
