import { plain } from "../document";
import { line } from "../rules";
import { followedBranch } from "../target";
import { namesCommit } from "../ways";
import { type Gate, READ_CONTENTS, TOKEN, unlessOwnBranch } from "./gate";

/**
 * A released or tagged commit, and one that comes from another environment, is on the stated
 * branch.
 */
export const onBranch: Gate = (where) => {
  const { target, way, commit } = where;
  const { follows } = target;
  const branch = "on" in follows ? follows.on : followedBranch(target);
  // What was just pushed to the branch or read from it is on it.
  const read = follows.kind === "branch" && way.after === undefined;
  if (branch === undefined || (read && !namesCommit(target, way))) return [];
  return [
    {
      name: "Is the commit on the branch?",
      states: line(target.rules, ["tracks"], target.tracks),
      ...(read ? { if: "inputs.commit != ''" } : unlessOwnBranch(where)),
      env: { ...TOKEN, COMMIT: commit, BRANCH: plain(branch) },
      script: "gates/on-branch.sh",
      permissions: READ_CONTENTS,
    },
  ];
};
