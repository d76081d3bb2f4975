import { expression, plain } from "../document";
import { line } from "../rules";
import { followedBranch } from "../target";
import { type Gate, READ_CONTENTS, TOKEN } from "./gate";

/** A developer's own branch is said loudly, with the migrations that only it has. */
export const ownBranch: Gate = ({ target, way, commit }) => {
  const branch = followedBranch(target);
  if (!way.hand || !target.rules.ownBranch || branch === undefined) return [];
  return [
    {
      name: "If it is a branch of one's own, which migrations has only it?",
      states: line(target.rules, ["ownBranch"], true),
      env: { ...TOKEN, COMMIT: commit, BRANCH: plain(branch), OWN_BRANCH: expression("inputs.branch") },
      script: "gates/own-branch.sh",
      permissions: READ_CONTENTS,
    },
  ];
};
