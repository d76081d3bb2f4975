import type { Deployable } from "./target";

/** The name of our record at GitHub that a commit is verified in an environment: what `verify` writes and the gates of others read. */
export const verifiedTask = (component: Deployable): string => `verify:${component}`;

/** The same for a deploy. */
export const deployedTask = (component: Deployable): string => `deploy:${component}`;
