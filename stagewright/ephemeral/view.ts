import { costOf } from "../cost/cost";
import { outputsOf, recordsOf } from "./description";
import { lifetimeText } from "./lifetime";
import { nameOf } from "./names";
import type { StackState } from "./stacks";

const HOUR = 3_600_000;

/** Hours before its end in which an environment is due soon. */
const SOON = 24;

/** An ephemeral environment as it is shown, and as `--json` prints it. */
export interface View {
  name: string;
  stack: string;
  /** `null`: a run broke off before it was recorded. */
  like: string | null;
  owner: string | null;
  branch: string | null;
  urls: Record<string, string>;
  /** What whoever deploys to it must know: the app, the site, the bucket. */
  places: Record<string, string>;
  /** USD a month; `null` where a price is not known. */
  cost: number | null;
  created: string | null;
  updated: string | null;
  expires: string | null;
  ttl: string | null;
  /** `incomplete`: the last run did not end well. `busy`: an engine is at work on it. */
  state: "ready" | "incomplete" | "busy";
  /** When its time is over: `now` where it is. */
  due: "later" | "soon" | "now";
  /** What it uses of other environments. */
  shared: string[];
}

/** An environment as its stack's state shows it. */
export function viewOf(stack: string, state: StackState, now: Date): View {
  const { claim, description, ready } = recordsOf(state.resources);
  const complete = description !== undefined && ready === description.updated;
  return {
    name: nameOf(stack) ?? stack,
    stack,
    like: description?.like ?? null,
    owner: claim?.owner ?? null,
    branch: description?.branch ?? null,
    urls: urlsOf(state),
    places: description?.places ?? {},
    cost: costIn(state),
    created: claim?.created ?? null,
    updated: description?.updated ?? null,
    expires: description?.expires ?? null,
    ttl: typeof description?.ttl === "number" ? lifetimeText(description.ttl) : null,
    state: state.busy !== undefined ? "busy" : complete ? "ready" : "incomplete",
    due: dueOf(description?.expires ?? null, now),
    shared: description?.shared ?? [],
  };
}

/** How near the end of an environment's time is. */
function dueOf(expires: string | null, now: Date): View["due"] {
  if (expires === null) return "later";
  const hours = (Date.parse(expires) - now.getTime()) / HOUR;
  return hours <= 0 ? "now" : hours <= SOON ? "soon" : "later";
}

function urlsOf({ resources }: StackState): Record<string, string> {
  const { apiUrl, guiUrl } = outputsOf(resources);
  return Object.fromEntries(
    Object.entries({ api: apiUrl, gui: guiUrl }).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function costIn({ resources }: StackState): number | null {
  const { total, unknown } = costOf(resources);
  return unknown.length > 0 ? null : total;
}
