import { expression, type Node } from "../document";
import type { Permissions, Step } from "../jobs/job";
import type { Target } from "../target";
import type { Way } from "../ways";

/** What a rule becomes in a workflow: its steps; none where the spec does not state it. */
export type Gate = (where: Situation) => Step[];

/** Where a rule is checked. */
export interface Situation {
  target: Target;
  way: Way;
  /** The expression for the pinned commit. */
  commit: string;
}

/** The token of the run, for a step that calls GitHub. */
export const TOKEN: Record<string, Node> = { GITHUB_TOKEN: expression("github.token") };

export const READ_RECORDS: Permissions = {
  deployments: { access: "read", why: "to see what was deployed where" },
};

export const READ_CONTENTS: Permissions = {
  contents: { access: "read", why: "to read branches, tags and commits" },
};

/** Whether a run is a hotfix, for a step that a hotfix passes; empty where none can be. */
export function hotfixOf({ target, way }: Pick<Situation, "target" | "way">): Record<string, Node> {
  return way.hand && target.rules.hotfix ? { HOTFIX: expression("inputs.hotfix") } : {};
}

/** A condition that holds unless a developer's own branch is asked for. */
export function unlessOwnBranch({ target, way }: Pick<Situation, "target" | "way">): { if?: string } {
  return way.hand && target.rules.ownBranch ? { if: "inputs.branch == ''" } : {};
}
