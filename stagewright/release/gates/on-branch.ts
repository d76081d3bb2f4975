import { plain } from "../document";
import { line } from "../rules";
import { followedBranch } from "../target";
import { type Gate, READ_CONTENTS, TOKEN, unlessOwnBranch } from "./gate";

/** A released or tagged commit, and one that comes from another environment, is on the stated branch. */
export const onBranch: Gate = (where) => {
  const { target, way, commit } = where;
  const { follows } = target;
  const branch = way.after === undefined && "on" in follows ? follows.on : followedBranch(target);
  // What was just pushed to the branch or read from it is on it.
  if (branch === undefined || (follows.kind === "branch" && way.after === undefined)) return [];
  return [
    {
      name: "Is the commit on the branch?",
      states: line(target.rules, ["tracks"], target.tracks),
      ...unlessOwnBranch(where),
      env: { ...TOKEN, COMMIT: commit, BRANCH: plain(branch) },
      script: "gates/on-branch.sh",
      permissions: READ_CONTENTS,
    },
  ];
};
