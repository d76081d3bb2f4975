import { expression, type Node } from "../document";
import { absent } from "../gates/absent";
import { checks } from "../gates/checks";
import { commands } from "../gates/commands";
import { confirm } from "../gates/confirm";
import { environments } from "../gates/environments";
import { hotfix } from "../gates/hotfix";
import { moment } from "../gates/moment";
import { onBranch } from "../gates/on-branch";
import { ownBranch } from "../gates/own-branch";
import { owner } from "../gates/owner";
import { pin } from "../gates/pin";
import { pullRequest } from "../gates/pull-request";
import { window } from "../gates/window";
import type { Target } from "../target";
import type { Way } from "../ways";
import { goes, job, type Step } from "./job";

// Those that may end the run quietly come first.
const BEFORE = [moment, owner, confirm, hotfix, pin];
const AFTER = [pullRequest, onBranch, ownBranch, environments, absent, window, checks];

/** The commit that the job `rules` pinned, for the jobs after it. */
const PINNED = expression("needs.rules.outputs.commit");

/** The jobs that pin the commit and check what must hold before anybody is asked, by id. */
export interface Preliminaries {
  jobs: { [id: string]: Node };
  /** Ids of those that the deploy needs. */
  needs: string[];
  /** The condition under which the deploy goes on. */
  if?: string;
  /** The expression for the pinned commit. */
  commit: string;
}

/**
 * What comes before the deploy itself. Where the event alone decides everything, there is nothing.
 * @param name of the workflow's file
 */
export function preliminaries(target: Target, way: Way, name: string): Preliminaries {
  const where = { target, way, commit: expression("steps.pin.outputs.commit") };
  const before = BEFORE.flatMap((gate) => gate(where));
  const after = AFTER.flatMap((gate) => gate(where));
  const own = commands({ target, way, commit: PINNED });
  const agreed = way.hand && target.rules.hotfix?.by !== undefined;
  if (onlyEvent(before, way) && after.length + own.length === 0)
    return { jobs: {}, needs: [], commit: expression("github.sha") };

  const steps = [...before, ...after];
  const quiet = steps.flatMap((step) => ("script" in step && step.quiet && step.id ? [step.id] : []));
  const go = "needs.rules.outputs.go == 'true'";
  const jobs: { [id: string]: Node } = {
    rules: job({
      name: "Rules",
      if:
        way.after === undefined
          ? undefined
          : "(github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success')",
      minutes: 45,
      lock: { group: `${name}-rules`, comment: "Those that wait keep their turn." },
      outputs: {
        commit: expression("steps.pin.outputs.commit"),
        go: quiet.length === 0 ? "true" : expression(goes(quiet)),
      },
      steps,
    }),
  };
  if (own.length > 0)
    jobs.commands = job({
      name: "Commands",
      needs: ["rules"],
      if: go,
      minutes: 60,
      lock: { group: `${name}-commands`, comment: "Those that wait keep their turn." },
      steps: own,
    });
  if (agreed) jobs.agreement = agreement(target, go, name);

  const needs = Object.keys(jobs);
  const all = needs.filter((id) => id !== "agreement").map((id) => `needs.${id}.result == 'success'`);
  // Without a hotfix nobody has to agree, and that job is skipped.
  const agree = agreed ? ["(inputs.hotfix != true || needs.agreement.result == 'success')"] : [];
  const condition = agreed ? ["!cancelled()", ...all, ...agree, go] : [go];
  return { jobs, needs, if: condition.join(" && "), commit: PINNED };
}

function onlyEvent(before: Step[], way: Way): boolean {
  return before.length === 1 && !way.promotion && !way.calendar && !way.hand && way.after === undefined;
}

/** The GitHub environment whose reviewers agree to a hotfix. */
export function hotfixEnvironment({ environment }: Pick<Target, "environment">): string {
  return `${environment}-hotfix`;
}

function agreement(target: Target, go: string, name: string): Node {
  return job({
    name: "Agreement to the hotfix",
    needs: ["rules"],
    if: `inputs.hotfix && ${go}`,
    minutes: 5,
    lock: { group: `${name}-agreement`, comment: "Those that wait keep their turn." },
    environment: { name: hotfixEnvironment(target) },
    steps: [
      {
        step: {
          name: "Agreed by whoever may",
          shell: "bash",
          run: 'echo "Agreed: the window is lifted, and nothing else"\n',
        },
      },
    ],
  });
}
