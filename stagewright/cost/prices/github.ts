import { monthly } from "./price";

/**
 * Nothing for a repository's settings and workflow files: minutes of GitHub Actions are part of the
 * account's plan, public repositories have them free.
 */
export const repositories = monthly(
  { url: "https://github.com/pricing", basis: "memory", date: "2026-11-21" },
  { "the account's plan": 0 },
  { flat: true },
);
