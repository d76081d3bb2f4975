import { parsePerson } from "../environment/schema/release/people";
import { beginningOf } from "../environment/schema/release/tracks";
import { cronLines, inUtc } from "./cron";
import { annotated, type Node, noted, plain } from "./document";
import { line } from "./rules";
import type { Target } from "./target";
import { namesCommit, type Way } from "./ways";

/**
 * The `on:` of a workflow.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function triggers(target: Target, way: Way): Node {
  const events = [
    pushed(target, way),
    marked(target, way),
    calendar(target, way),
    after(target, way),
    hand(target, way),
  ];
  return noted(line(target.rules, ["tracks"], target.tracks), Object.assign({}, ...events) as Node);
}

type Events = { [event: string]: Node };

function pushed({ rules }: Target, { pushed, mergedOnly, promotion }: Way): Events {
  if (pushed === undefined) return {};
  const push: Node = { branches: [literal(pushed)] };
  return {
    push: mergedOnly
      ? noted(
          `${line(rules, ["schedule"], rules.schedule)}\nA merge is a push; the first job leaves others alone.`,
          push,
        )
      : push,
    ...(promotion && {
      workflow_dispatch: noted("For the promotion: what it pushes starts nothing by itself.", {}),
    }),
  };
}

function marked({ follows }: Target, { marked }: Way): Events {
  if (!marked) return {};
  if (follows.kind === "tags") {
    const { pattern, stable } = follows;
    const beginning = beginningOf(pattern);
    return {
      push: { tags: [pattern, ...(stable ? [`!${beginning}**-**`, `!${beginning}**[A-Za-z]**`] : [])] },
    };
  }
  // `released`: a full release is published, or a pre-release becomes one. `published`: either of
  // them; a draft is none of both.
  return {
    release: { types: [follows.kind === "releases" && follows.prereleases ? "published" : "released"] },
  };
}

function calendar({ rules }: Target, { calendar }: Way): Events {
  if (calendar === undefined) return {};
  const lines = cronLines(calendar, rules.timezone).map((cron) => ({ cron }));
  const zone = ("zone" in calendar ? calendar.zone : undefined) ?? rules.timezone;
  const comment = `${line(rules, ["schedule"], rules.schedule)}\n${inUtc(zone)}`;
  return {
    schedule: noted(calendar.kind === "hourly" ? line(rules, ["schedule"], rules.schedule) : comment, lines),
  };
}

function after({ rules }: Target, { after }: Way): Events {
  if (after === undefined) return {};
  const names = [workflowName(rules.component, after), `${workflowName(rules.component, after)} by hand`];
  // Deployments that a run records start no other run (its token is GitHub's own); that a run has
  // ended does.
  const comment = `${line(rules, ["schedule"], rules.schedule)}\nOnly a bell: which commit passed is read from the records of ${after}.`;
  return {
    workflow_run: noted(comment, {
      workflows: names,
      types: annotated(
        "completed",
        "zizmor: ignore[dangerous-triggers] nothing of that run is used or executed",
      ),
    }),
  };
}

function hand(target: Target, way: Way): Events {
  if (!way.hand) return {};
  const { rules } = target;
  const { hotfix, ownBranch, gates } = rules;
  const inputs: Events = {
    ...(ownBranch && {
      branch: noted(line(rules, ["ownBranch"], ownBranch), {
        description: "A branch of your own; empty brings the tracked one back",
        type: "string",
      }),
    }),
    ...(namesCommit(target, way) && {
      commit: {
        description: "A commit of the tracked branch; empty: the newest that may be deployed",
        type: "string",
      },
    }),
    ...(hotfix && {
      hotfix: noted(line(rules, ["hotfix"], hotfix), {
        description: `A hotfix: lifts the window and nothing else${hotfix.by ? `; ${who(hotfix.by)} must agree` : ""}`,
        type: "boolean",
        default: false,
      }),
      reason: { description: "Why, if it is a hotfix", type: "string" },
    }),
    ...(gates.confirm !== undefined && {
      confirm: noted(line(rules, ["gates", "confirm"], gates.confirm), {
        // Not even an escaped expression may stand here.
        description:
          gates.confirm === plain(gates.confirm) ? `Type ${gates.confirm}` : "Type the text of the rule",
        type: "string",
        required: true,
      }),
    }),
  };
  return {
    workflow_dispatch: noted(
      line(rules, ["onRequest"], rules.onRequest),
      Object.keys(inputs).length > 0 ? { inputs } : {},
    ),
  };
}

/** The name of the workflow that deploys a component to an environment, as GitHub shows it. */
export function workflowName(component: string, environment: string): string {
  return `Deploy ${component} to ${environment}`;
}

function who(people: readonly string[]): string {
  return people
    .map(parsePerson)
    .map((person) => (person.kind === "user" ? person.login : `team ${person.slug}`))
    .join(" or ");
}

// A branch is a name here, not a pattern.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
function literal(branch: string): string {
  return branch.replace(/[*+?![\\]/g, "\\$&");
}
