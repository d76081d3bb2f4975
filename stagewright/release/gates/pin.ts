import { beginningOf } from "../../environment/schema/release/tracks";
import { expression, type Node, plain } from "../document";
import type { ScriptStep } from "../jobs/job";
import { line } from "../rules";
import { followedBranch } from "../target";
import { deployedTask } from "../tasks";
import { namesCommit } from "../ways";
import { asLines, requiredOf } from "./environments";
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
  const named: Record<string, Node> = namesCommit(target, way) ? { WANTED: expression("inputs.commit") } : {};
  if (way.after !== undefined) {
    const step = rules.gates.environments[way.after] === "verified" ? "verify" : "deploy";
    return {
      env: {
        ...TOKEN,
        AFTER: way.after,
        TASK: `${step}:${component}`,
        ENVIRONMENT: environment,
        DEPLOY: deployedTask(component),
        ...named,
      },
      script: "pin/after.sh",
      permissions: { ...READ_RECORDS, ...(way.hand && READ_CONTENTS) },
      quiet: true,
    };
  }
  if (way.pushed !== undefined && !way.promotion) return { script: "pin/event.sh" };
  const asked = { permissions: READ_CONTENTS };
  if (follows.kind === "releases")
    return {
      env: { ...TOKEN, ...(follows.prereleases && { PRERELEASES: "true" }) },
      script: "pin/release.sh",
      ...asked,
    };
  if (follows.kind === "tags")
    return {
      env: {
        ...TOKEN,
        PATTERN: plain(follows.pattern),
        ...(follows.stable && { BEGINNING: plain(beginningOf(follows.pattern)) }),
      },
      script: "pin/tag.sh",
      ...asked,
    };
  const own = way.hand && rules.ownBranch;
  const branch = plain(followedBranch(target) ?? "");
  const required = requiredOf(rules);
  if (required.length > 0 && !own)
    return {
      env: { ...TOKEN, BRANCH: branch, REQUIRED: asLines(required), ...named },
      script: "pin/passed.sh",
      permissions: { ...READ_CONTENTS, ...READ_RECORDS },
      quiet: true,
    };
  return {
    env: {
      ...TOKEN,
      BRANCH: branch,
      ...named,
      ...(own && { OWN_BRANCH: expression("inputs.branch") }),
    },
    script: "pin/branch.sh",
    ...asked,
  };
}
