import type { ApprovalSpec } from "../../environment/schema/release/gates";
import { expression, type Node, noted, plain } from "../document";
import { READ_CONTENTS, TOKEN } from "../gates/gate";
import { job, type Permissions } from "../jobs/job";
import { RUN } from "../jobs/records";
import { line } from "../rules";
import { followedBranch, type Target } from "../target";
import { deployedTask } from "../tasks";
import { waysOf } from "../ways";
import { type Further, fileOf, nameOf, requirement } from "./further";

const READ_CHECKS: Permissions = {
  checks: { access: "read", why: "to read check runs" },
  statuses: { access: "read", why: "to read commit statuses" },
};

/** A promotion as the spec states it, and its branches. */
interface Promotion {
  target: Target;
  from: string;
  into: string;
  approval: ApprovalSpec;
  states: string;
}

/**
 * One approved action that makes the tracked branch hold what another branch holds, its undoing,
 * and (where the spec says so) its being offered after a deploy of the API.
 * @param api repository of the API, `owner/name`
 */
export function promotion(target: Target, api: string | undefined): Further[] {
  const { rules } = target;
  const { promotion: stated } = rules;
  const into = followedBranch(target);
  if (!stated || into === undefined) return [];
  const states = line(rules, ["promotion"], stated);
  const what: Promotion = { target, from: stated.from, into, approval: stated.approval, states };
  if (stated.offeredAfter === undefined) return [promote(what)];
  if (api === undefined)
    throw new Error(`${states}: there is no 'api' section whose deploys it could be offered after`);
  return [promote(what), offer(what, api)];
}

function promote({ target, from, into, approval, states }: Promotion): Further {
  const { environment, component } = target;
  const name = nameOf("promote", target);
  const own = `${environment}-promotion`;
  const env = branches({ from, into, target });
  const check = job({
    name: "Check",
    minutes: 15,
    lock: { group: `${name}-check`, comment: "Those that wait keep their turn." },
    outputs: Object.fromEntries(
      ["due", "from", "into", "promotion"].map((output) => [
        output,
        expression(`steps.check.outputs.${output}`),
      ]),
    ),
    steps: [
      {
        name: "May it be promoted?",
        states: `${states}\nRefused where ${into} has what ${from} never had, and where the checks on ${from} are not green.`,
        id: "check",
        env: { ...TOKEN, ...env, UNDO: expression("inputs.undo") },
        script: "workflows/steps/check-promotion.sh",
        permissions: { ...READ_CONTENTS, ...READ_CHECKS },
      },
    ],
  });
  const promoting = job({
    name: "Promote",
    needs: ["check"],
    if: "needs.check.outputs.due == 'true'",
    minutes: 15,
    lock: {
      // A promotion that waits for its approval must not hold up an undo. Two at once cannot mix:
      // the branch only moves forwards.
      group: `${name}${expression("inputs.undo && '-undo' || ''")}`,
      comment: "One at a time, never cut off; an undo does not wait for a promotion.",
    },
    environment: {
      name: own,
      states: `${line(target.rules, ["promotion", "approval"], approval)}\nThe environment's reviewers: GitHub asks them before this job starts.`,
    },
    steps: [
      {
        name: "Promote what was approved",
        env: {
          ...TOKEN,
          ...env,
          FROM_SHA: noted(
            "What was checked and approved, whatever the branch holds by now.",
            expression("needs.check.outputs.from"),
          ),
          INTO_SHA: expression("needs.check.outputs.into"),
          PROMOTION: expression("needs.check.outputs.promotion"),
          RUN,
        },
        script: "workflows/steps/promote.sh",
        permissions: { contents: { access: "write", why: `to commit to ${into}` }, ...READ_CHECKS },
      },
    ],
  });
  const jobs: { [id: string]: Node } = { check, promote: promoting };
  if (waysOf(target).some((way) => way.promotion)) jobs.deploy = started(target, into, name);
  return {
    file: fileOf("promote", target, "promotion", {
      name: `Promote ${component} to ${environment}`,
      "run-name": noted("The offer finds by its name what it has offered.", runName(from, into)),
      on: noted(states, {
        workflow_dispatch: {
          inputs: {
            undo: { description: "Undo the last promotion instead", type: "boolean", default: false },
            offered: { description: "Left empty: the offer fills it in", type: "string" },
          },
        },
      }),
      jobs,
    }),
    requires: [requirement(target, own, { approval })],
  };
}

function started(target: Target, into: string, name: string): Node {
  return job({
    name: "Start the deploy",
    needs: ["promote"],
    minutes: 5,
    lock: { group: `${name}-deploy`, comment: "Those that wait keep their turn." },
    steps: [
      {
        name: "Start the deploy",
        env: {
          ...TOKEN,
          INTO: plain(into),
          DEPLOY_WORKFLOW: `deploy-${target.component}-${target.environment}.yml`,
        },
        script: "workflows/steps/start-deploy.sh",
        permissions: {
          actions: { access: "write", why: "to start the deploy: a push by this token starts nothing" },
        },
      },
    ],
  });
}

/**
 * The offer asks GitHub for the API's records by the clock. The API's repository could tell at once
 * instead, by a token with rights to this one: whoever reads that token could then start workflows
 * here, or write to it. Asking needs no secret at all.
 */
function offer({ target, from, into, states }: Promotion, api: string): Further {
  const { repository, environment } = target;
  const name = nameOf("offer", target);
  const offering = job({
    name: "Offer",
    minutes: 15,
    lock: { group: name, comment: "One at a time." },
    steps: [
      {
        name: "Did a release of the API go out?",
        states,
        env: {
          ...TOKEN,
          ...branches({ from, into, target }),
          ENVIRONMENT: environment,
          API_REPOSITORY: api,
          TASK: deployedTask("api"),
          PROMOTION_WORKFLOW: `${nameOf("promote", target)}.yml`,
        },
        script: "workflows/steps/offer-promotion.sh",
        permissions: {
          ...READ_CONTENTS,
          ...READ_CHECKS,
          actions: { access: "write", why: "to start the promotion, which then waits for its approval" },
          ...(api === repository && {
            deployments: { access: "read", why: "to see what was deployed" } as const,
          }),
        },
      },
    ],
  });
  return {
    file: fileOf("offer", target, "promotion", {
      name: `Offer the promotion to ${environment}`,
      on: {
        schedule: noted("Four times an hour, off the full hour, at which GitHub is busiest.", [
          { cron: "7,22,37,52 * * * *" },
        ]),
      },
      jobs: { offer: offering },
    }),
    requires: [],
  };
}

function branches({ from, into, target }: Pick<Promotion, "from" | "into" | "target">): Record<string, Node> {
  return {
    FROM: plain(from),
    INTO: plain(into),
    CHECKS: plain(JSON.stringify(target.rules.gates.checks)),
  };
}

function runName(from: string, into: string): string {
  const what = quoted(`Promote ${from} to ${into}`);
  const undo = quoted(`Undo the promotion of ${from} to ${into}`);
  return expression(
    `inputs.undo && ${undo} || inputs.offered && format('{0}, offered after API deployment {1}', ${what}, inputs.offered) || ${what}`,
  );
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
