import { monthly } from "./price";

/** Nothing for one more: build minutes and traffic of a site are part of the account's plan. */
export const sites = monthly(
  { url: "https://www.netlify.com/pricing/", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
