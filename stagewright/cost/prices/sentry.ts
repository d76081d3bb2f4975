import { monthly } from "./price";

/** Another project costs nothing: its events are part of the organization's plan. */
export const projects = monthly(
  { url: "https://sentry.io/pricing/", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
