import type { EnvironmentSpec } from "../../environment/schema/environment";
import { ephemeral } from "../../environment/schema/ephemeral";
import { expression, noted } from "../document";
import { TOKEN } from "../gates/gate";
import { job } from "../jobs/job";
import { line } from "../rules";
import type { Target } from "../target";
import { type Further, fileOf, nameOf, requirement } from "./further";
import { keeping, placeOf } from "./previews";
import { projectOf } from "./project";

/**
 * As many environments one job looks after: it destroys one after the other, and an hour must do.
 */
const PER_JOB = 50;

/** GitHub makes no more jobs of a matrix: https://docs.github.com/en/actions/reference/limits */
const MOST_JOBS = 256;

/**
 * Looks every hour for environments whose time is over: destroys them, tells their pull requests a
 * day before, and keeps an issue on what could not be destroyed and on what nobody owns. As many
 * jobs share the work as `ephemeral.max` may need. Two runs at once do no harm.
 */
export function reaping(target: Target, spec: EnvironmentSpec): Further[] {
  const { rules, environment, repository } = target;
  const { previews: stated } = rules;
  if (!stated) return [];
  const name = nameOf("reap", target);
  const engine = projectOf(repository, spec, stated);
  const { max } = ephemeral.parse(spec.ephemeral ?? {});
  const part = expression("matrix.part");
  const { LABEL: keep, KEPT } = keeping(spec, stated);
  const reap = job({
    name: "Reap",
    minutes: 60,
    each: { name: "part", of: partsOf(max) },
    lock: {
      group: `${name}-${part}`,
      comment: "One after the other; what is being destroyed is not cut off.",
    },
    environment: { name: placeOf(target) },
    steps: [
      ...engine.prepare,
      {
        name: "Destroy what has outlived its time",
        id: "reap",
        env: { ...TOKEN, SHARD: part, ...engine.env },
        script: "workflows/steps/reap.sh",
        permissions: {
          ...engine.permissions,
          "pull-requests": { access: "read", why: "to see which are closed" },
        },
      },
      {
        name: "Tell whom it concerns",
        env: {
          ...TOKEN,
          REAPED: expression("steps.reap.outputs.reaped"),
          LABEL: `${name}-${part}`,
          TITLE: `Environments like ${environment} that are left over (${part})`,
          PERSON: rules.onFailure.tell ?? "",
          KEEP: keep,
          KEPT,
        },
        script: "workflows/steps/reaped.sh",
        permissions: {
          "pull-requests": { access: "write", why: "to tell of the end" },
          issues: { access: "write", why: "to keep the issue" },
        },
      },
    ],
  });
  return [
    {
      file: fileOf("reap", target, "previews", {
        name: `Reap environments like ${environment}`,
        on: noted(line(rules, ["previews"], stated), {
          schedule: [{ cron: noted("Not on the hour, when everybody's start.", "17 * * * *") }],
          workflow_dispatch: {},
        }),
        jobs: { reap },
      }),
      requires: [requirement(target, placeOf(target), {})],
    },
  ];
}

/**
 * The parts into which the work is shared: `1/2`, `2/2`.
 * @param max how many environments there may be
 */
export function partsOf(max: number): string[] {
  const jobs = Math.min(MOST_JOBS, Math.max(1, Math.ceil(max / PER_JOB)));
  return Array.from({ length: jobs }, (_, index) => `${index + 1}/${jobs}`);
}
