import { monthly } from "./price";

/** Another site costs nothing: build minutes and traffic are part of the account's plan. */
export const sites = monthly(
  { url: "https://www.netlify.com/pricing/", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
