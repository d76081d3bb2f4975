import type { EnvironmentSpec } from "../../environment/schema/environment";
import { ephemeral } from "../../environment/schema/ephemeral";
import type { PreviewsSpec } from "../../environment/schema/release";
import { annotated, expression, type Node, noted } from "../document";
import { checks } from "../gates/checks";
import { TOKEN } from "../gates/gate";
import { HEROKU, heroku } from "../jobs/heroku";
import { job, locked, named, type ScriptStep, type Step } from "../jobs/job";
import { RUN } from "../jobs/records";
import { line } from "../rules";
import type { Target } from "../target";
import { type Further, fileOf, nameOf, requirement } from "./further";
import { projectOf } from "./project";

const NUMBER = expression("github.event.pull_request.number");
const COMMIT = expression("needs.environment.outputs.commit");

/**
 * Gives each pull request an environment of its own, and takes it away when that closes. Two jobs:
 * one holds the vendors' credentials and never the pull request's files; the other has these, and a
 * token that can do no more than deploy. A fork's pull request starts neither. Every run brings the
 * environment to what the pull request is at that moment, so that it does not matter which of
 * several waiting ones GitHub drops: a close that overtakes a creation waits for it, and then
 * destroys.
 *
 * Throws one sentence where the API is not on Heroku.
 */
export function previews(target: Target, spec: EnvironmentSpec): Further[] {
  const { rules, environment } = target;
  const { previews: stated } = rules;
  if (!stated) return [];
  const states = line(rules, ["previews"], stated);
  if (spec.api?.via !== "heroku")
    throw new Error(`${states}: a droplet is no preview's, so accepted is an API with via: heroku`);
  const name = nameOf("preview", target);
  return [
    {
      file: fileOf("preview", target, "previews", {
        name: `Preview pull requests like ${environment}`,
        on: noted(
          `${states}\nThe file of the default branch, so that no pull request can change what is done with the credentials.`,
          { pull_request_target: { types: types() } },
        ),
        concurrency: locked({
          group: `${name}-${expression(`format('{0}-{1}', github.event.pull_request.number, github.event.action == 'labeled' && github.event.label.name != '${stated.label}' && github.run_id || 'one')`)}`,
          comment:
            "One after the other for a pull request, and none is cut off. Of those that wait GitHub keeps the newest.",
        }),
        jobs: { environment: made(target, spec, stated), deploy: deployed(target, spec, stated) },
      }),
      requires: [
        requirement(target, placeOf(target), {}),
        requirement(target, `${placeOf(target)}-deploy`, { secrets: [HEROKU.token] }),
      ],
    },
  ];
}

/** The GitHub environment with the credentials by which environments are made and destroyed. */
export function placeOf({ environment }: Target): string {
  return `${environment}-previews`;
}

/** What a comment says of how a preview can be kept. */
export function keeping(spec: EnvironmentSpec, { label }: PreviewsSpec): { LABEL: string; KEPT: string } {
  return { LABEL: label, KEPT: ephemeral.parse(spec.ephemeral ?? {}).maxTtl };
}

function types(): Node {
  return ["opened", "synchronize", "reopened", "closed", "labeled"].map((type, index) =>
    index === 0
      ? annotated(type, "zizmor: ignore[dangerous-triggers] nothing of the pull request runs in these jobs")
      : type,
  );
}

// Dependabot's runs get neither secrets nor a token that may write.
// https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
function started({ label }: PreviewsSpec): string {
  return [
    "github.event.pull_request.head.repo.full_name == github.repository",
    "github.event.pull_request.user.login != 'dependabot[bot]'",
    `(github.event.action != 'labeled' || github.event.label.name == '${label}')`,
  ].join(" && ");
}

function made(target: Target, spec: EnvironmentSpec, stated: PreviewsSpec): Node {
  const engine = projectOf(target.repository, spec, stated);
  const { wanted, checked } = { wanted: "steps.pull.outputs.wanted", checked: awaited(target, stated) };
  const red = checked.length > 0 ? "steps.checks.outcome == 'failure' && 'red' || 'failed'" : "'failed'";
  // Netlify builds the GUI of that branch, where it is in the same repository.
  const together = spec.gui?.repository === target.repository || !spec.gui;
  return job({
    name: "Environment",
    if: started(stated),
    minutes: 90,
    environment: { name: placeOf(target) },
    outputs: {
      wanted: expression("steps.preview.outputs.state"),
      commit: expression("steps.pull.outputs.commit"),
      view: expression("steps.preview.outputs.view"),
      app: expression("steps.preview.outputs.app"),
      address: expression("steps.preview.outputs.address"),
    },
    steps: [
      {
        name: "What is the pull request now?",
        id: "pull",
        quiet: true,
        env: {
          ...TOKEN,
          NUMBER,
          ACTION: expression("github.event.action"),
          ENVIRONMENT: placeOf(target),
          ...keeping(spec, stated),
        },
        script: "workflows/steps/pull.sh",
        permissions: {
          "pull-requests": { access: "read", why: "to see its state and labels" },
          deployments: { access: "read", why: "to see what is deployed to its preview" },
        },
      },
      ...checked,
      ...engine.prepare,
      {
        name: "Make the environment what it should be",
        id: "preview",
        env: {
          NAME: `pr-${NUMBER}`,
          WANTED: expression(wanted),
          LIKE: target.environment,
          OWNER: expression("steps.pull.outputs.author"),
          ...(together && { BRANCH: expression("steps.pull.outputs.branch") }),
          ...(stated.database !== undefined && { DATABASE: "shared" }),
          TTL: expression("steps.pull.outputs.ttl"),
          ...engine.env,
        },
        script: "workflows/steps/preview.sh",
        permissions: engine.permissions,
      },
      {
        name: "Mark what was deployed as gone",
        if: "steps.preview.outputs.state == 'gone'",
        env: { ...TOKEN, NUMBER, ENVIRONMENT: placeOf(target) },
        script: "workflows/steps/preview-gone.sh",
        permissions: { deployments: { access: "write", why: "to mark what is gone" } },
      },
      {
        ...comment(spec, stated, {
          STATE: expression(`steps.preview.outputs.state || ${red}`),
          COMMIT: expression("steps.pull.outputs.commit"),
          VIEW: expression("steps.preview.outputs.view"),
          REASON: expression("steps.preview.outputs.reason"),
        }),
        if: "always() && steps.pull.outputs.commit",
      },
    ],
  });
}

// Which checks are waited for is a gate's own matter.
function awaited(target: Target, { after }: PreviewsSpec): Step[] {
  const rules = { ...target.rules, gates: { ...target.rules.gates, checks: after } };
  const commit = expression("steps.pull.outputs.commit");
  return checks({ target: { ...target, rules }, way: { suffix: "" }, commit }).map((step) => ({
    ...named(step, "Are the checks green?", line(target.rules, ["previews", "after"], after)),
    id: "checks",
    if: "steps.pull.outputs.wanted == 'up'",
  }));
}

function deployed(target: Target, spec: EnvironmentSpec, stated: PreviewsSpec): Node {
  const app = expression("needs.environment.outputs.app");
  const address = expression("needs.environment.outputs.address");
  const vendor = heroku({ ...target, rules: { ...target.rules, onFailure: { action: "stop" } } }, COMMIT);
  const there = (step: Step): Step =>
    "script" in step && step.env?.[HEROKU.app] !== undefined
      ? { ...step, env: { ...step.env, [HEROKU.app]: app } }
      : step;
  const recorded = { deployments: { access: "write", why: "to record what was deployed" } } as const;
  return job({
    name: vendor.name,
    needs: ["environment"],
    if: "needs.environment.outputs.wanted == 'up'",
    minutes: vendor.minutes,
    environment: { name: `${placeOf(target)}-deploy` },
    steps: [
      ...vendor.prepare.map(there),
      {
        name: "Record that it begins",
        id: "record",
        env: {
          ...TOKEN,
          COMMIT,
          TASK: `preview:pr-${NUMBER}`,
          ENVIRONMENT: placeOf(target),
          RUN,
        },
        script: "steps/record.sh",
        permissions: recorded,
      },
      ...vendor.deploy.map(there),
      { name: "Wait until it answers", env: { ADDRESS: address }, script: "steps/health.sh" },
      {
        name: "Record how it ended",
        if: "always() && steps.record.outputs.id",
        env: {
          ...TOKEN,
          ID: expression("steps.record.outputs.id"),
          STATUS: expression("job.status"),
          RUN,
          ADDRESS: address,
        },
        script: "steps/recorded.sh",
        permissions: recorded,
      },
      {
        ...comment(spec, stated, {
          STATE: expression("job.status"),
          COMMIT,
          VIEW: expression("needs.environment.outputs.view"),
        }),
        if: "always()",
      },
    ],
  });
}

function comment(spec: EnvironmentSpec, stated: PreviewsSpec, env: Record<string, Node>): ScriptStep {
  return {
    name: "Say so on the pull request",
    env: { ...TOKEN, NUMBER, RUN, ...keeping(spec, stated), ...env },
    script: "workflows/steps/preview-comment.sh",
    permissions: { "pull-requests": { access: "write", why: "to keep the comment" } },
  };
}
