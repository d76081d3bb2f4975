import { expression, plain } from "../document";
import type { ScriptStep } from "../jobs/job";
import { line } from "../rules";
import { followedBranch } from "../target";
import { deployedTask } from "../tasks";
import { type Gate, READ_CONTENTS, READ_RECORDS, type Situation, TOKEN } from "./gate";

/** Chooses the commit; everything after uses that one, whatever moves meanwhile. */
export const pin: Gate = (where) => [
  {
    name: "Pin the commit",
    states: line(where.target.rules, ["tracks"], where.target.tracks),
    id: "pin",
    ...chosen(where),
  },
];

type Choice = Pick<ScriptStep, "script" | "env" | "permissions" | "quiet">;

function chosen({ target, way }: Situation): Choice {
  const { follows, rules, component, environment } = target;
  if (way.after !== undefined) {
    const step = rules.gates.environments[way.after] === "verified" ? "verify" : "deploy";
    return {
      env: {
        ...TOKEN,
        AFTER: way.after,
        TASK: `${step}:${component}`,
        ENVIRONMENT: environment,
        DEPLOY: deployedTask(component),
      },
      script: "pin/after.sh",
      permissions: READ_RECORDS,
      quiet: true,
    };
  }
  if (way.pushed !== undefined && !way.promotion) return { script: "pin/event.sh" };
  const asked = { permissions: READ_CONTENTS };
  if (follows.kind === "releases") return { env: TOKEN, script: "pin/release.sh", ...asked };
  if (follows.kind === "tags")
    return { env: { ...TOKEN, PATTERN: plain(follows.pattern) }, script: "pin/tag.sh", ...asked };
  const own = way.hand && rules.ownBranch;
  return {
    env: {
      ...TOKEN,
      BRANCH: plain(followedBranch(target) ?? ""),
      ...(own && { OWN_BRANCH: expression("inputs.branch") }),
    },
    script: "pin/branch.sh",
    ...asked,
  };
}
