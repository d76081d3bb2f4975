import { line } from "../rules";
import { type Gate, READ_CONTENTS, TOKEN, unlessOwnBranch } from "./gate";

/**
 * The commit came through a merged pull request. A push that did not is no reason to deploy, and
 * none for a red run.
 */
export const pullRequest: Gate = (where) => {
  const { rules } = where.target;
  const merged = where.way.mergedOnly === true;
  if (!merged && rules.gates.pullRequest === undefined) return [];
  return [
    {
      name: "Did the commit come through a merged pull request?",
      states: merged
        ? line(rules, ["schedule"], rules.schedule)
        : line(rules, ["gates", "pullRequest"], rules.gates.pullRequest),
      ...(merged && { id: "merged", quiet: true }),
      ...unlessOwnBranch(where),
      env: { ...TOKEN, COMMIT: where.commit, ...(merged && { QUIET: "true" }) },
      script: "gates/pull-request.sh",
      permissions: {
        ...READ_CONTENTS,
        "pull-requests": { access: "read", why: "to see what was merged" },
      },
    },
  ];
};
