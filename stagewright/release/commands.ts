import type { Rules } from "./rules";

/**
 * A command that the spec states for an environment: after a deploy, by hand, or for one person.
 */
export type CommandName = "verify" | "migrate" | "operate";

/** All that are stated, by name. */
export function commandsOf({
  verify,
  migrations,
  operations,
}: Pick<Rules, "verify" | "migrations" | "operations">): Partial<Record<CommandName, string>> {
  return {
    ...(migrations && { migrate: migrations.command }),
    ...(verify && { verify: verify.run }),
    ...(operations && { operate: operations.command }),
  };
}
