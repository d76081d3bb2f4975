import { monthly } from "./price";

/** Nothing for one more: events of a project are part of the organization's plan. */
export const projects = monthly(
  { url: "https://sentry.io/pricing/", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
