import type { Deployable } from "./rules";

// The names of our records at GitHub: what a workflow writes of a commit in an environment, and the
// gates of others read.

/** The record that a commit was deployed there. */
export const deployedTask = (component: Deployable): string => `deploy:${component}`;

/** The record that it was verified there. */
export const verifiedTask = (component: Deployable): string => `verify:${component}`;

/** The record that its migrations ran there, by hand. */
export const migratedTask = (component: Deployable): string => `migrate:${component}`;
