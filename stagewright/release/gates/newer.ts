import { plain } from "../document";
import { line } from "../rules";
import { followedBranch, type Target } from "../target";
import { deployedTask } from "../tasks";
import { KINDS } from "../workflow-file";
import { type Gate, READ_CONTENTS, READ_RECORDS, TOKEN, unlessOwnBranch } from "./gate";

const OWN_FILES = `^\\.github/workflows/(${KINDS.join("|")})-[^/]+\\.yml$`;

/**
 * Whether it is asked. Netlify builds the newest commit of a branch, and its step asks whether it
 * is this one.
 */
export function isAsked(target: Target): boolean {
  return followedBranch(target) !== undefined && target.component === "api";
}

/**
 * Nothing goes backwards on a branch. Asked last, under the lock, when nothing else can be deployed
 * in between.
 */
export const newer: Gate = (where) => {
  const { target, commit } = where;
  const branch = followedBranch(target);
  if (branch === undefined || !isAsked(target)) return [];
  return [
    {
      name: "Is it newer than what is deployed?",
      states: `${line(target.rules, ["tracks"], target.tracks)}\nNothing goes backwards, and our own files alone start nothing.`,
      id: "newer",
      ...unlessOwnBranch(where),
      env: {
        ...TOKEN,
        COMMIT: commit,
        BRANCH: plain(branch),
        ENVIRONMENT: target.environment,
        TASK: deployedTask(target.component),
        OWN_FILES,
      },
      script: "gates/newer.sh",
      permissions: { ...READ_CONTENTS, ...READ_RECORDS },
      quiet: true,
    },
  ];
};
