import type { dynoSizes, postgresPlans } from "../../environment/vendors/heroku";
import { monthly, type PriceList, type Source } from "./price";

type Dyno = (typeof dynoSizes)[number];
type Postgres = (typeof postgresPlans)[number];

const usage: Source = {
  url: "https://devcenter.heroku.com/articles/usage-and-billing",
  basis: "vendor",
  date: "2023-02-06",
};
const pricing: Source = { url: "https://www.heroku.com/pricing", basis: "secondary", date: "2026-11-21" };

/** A dyno that runs the whole month. */
export const dynos = {
  // An account's one subscription gives all its eco dynos 1000 hours a month together; a dyno that
  // never sleeps uses 730.
  ...monthly<"eco">(usage, { eco: 5 }, { flat: true }),
  ...monthly<"basic" | "standard-1x" | "standard-2x" | "performance-m" | "performance-l">(usage, {
    basic: 7,
    "standard-1x": 25,
    "standard-2x": 50,
    "performance-m": 250,
    "performance-l": 500,
  }),
  ...monthly<"performance-l-ram" | "performance-xl" | "performance-2xl">(pricing, {
    "performance-l-ram": 500,
    "performance-xl": 750,
    "performance-2xl": 1500,
  }),
} satisfies Record<Dyno, unknown>;

/** A database; a follower costs as much as its leader. */
export const postgres = monthly<Postgres>(pricing, {
  "essential-0": 5,
  "essential-1": 9,
  "essential-2": 20,
  "standard-0": 50,
  "standard-2": 200,
  "standard-3": 400,
  "standard-4": 750,
  "standard-5": 1400,
  "standard-6": 2000,
  "standard-7": 3500,
  "standard-8": 4500,
  "standard-9": 5800,
  "premium-0": 200,
  "premium-2": 350,
  "premium-3": 750,
  "premium-4": 1200,
  "premium-5": 2500,
  "premium-6": 3500,
  "premium-7": 6000,
  "premium-8": 8500,
  "premium-9": 11000,
}) satisfies PriceList;
