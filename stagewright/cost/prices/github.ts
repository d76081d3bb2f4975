import { monthly } from "./price";

/**
 * Repository settings and workflow files cost nothing: GitHub Actions minutes are part of the
 * account's plan, and free for public repositories.
 */
export const repositories = monthly(
  { url: "https://github.com/pricing", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
