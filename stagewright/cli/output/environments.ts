import pc from "picocolors";
import type { Reaped } from "../../ephemeral/reap";
import type { View } from "../../ephemeral/view";

const HOUR = 3_600_000;

/** All environments, one per paragraph. */
export function environmentsText(views: readonly View[], now: Date): string {
  if (views.length === 0) return "there are no ephemeral environments";
  const total = views.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  const count = `${views.length} ${views.length === 1 ? "environment" : "environments"}`;
  return [...views.map((view) => environmentText(view, now)), "", `${count}, ${usd(total)} a month`].join(
    "\n",
  );
}

/** One environment. */
export function environmentText(view: View, now: Date): string {
  const { name, like, owner, branch, urls, cost, shared } = view;
  const made = [like && `like ${like}`, owner && `of ${owner}`, branch && `branch ${branch}`]
    .filter((part) => part)
    .join(", ");
  return [
    `${pc.bold(name)}  ${stateText(view)}  ${made}`,
    ...Object.values(urls).map((url) => `  ${pc.cyan(url)}`),
    `  ${cost === null ? "of unknown cost" : `${usd(cost)} a month`}, ${endText(view, now)}`,
    ...(shared.length > 0 ? [`  shares ${shared.join("; ")}`] : []),
  ].join("\n");
}

/** The actions and findings of one run of the reaper. */
export function reapedText(reaped: Reaped, dryRun: boolean): string {
  const { destroyed, soon, busy, failed, orphans, unasked } = reaped;
  const lines = [
    ...destroyed.map(({ name }) => `${dryRun ? "would be destroyed" : "destroyed"}: ${name}`),
    ...soon.map(({ name, expires }) => `expires soon: ${name}, at ${expires}`),
    ...busy.map(({ name }) => `being worked on: ${name}`),
    ...failed.map(({ name, reason }) => pc.red(`could not be destroyed: ${name}: ${reason}`)),
    ...orphans.map(({ type, name, place }) =>
      pc.yellow(`belongs to no stack: ${type} ${name}${place ? ` in ${place}` : ""}`),
    ),
    ...unasked.map((vendor) => `not asked for what belongs to no stack: ${vendor}`),
  ];
  return lines.length > 0 ? lines.join("\n") : "nothing to do";
}

function stateText({ state, due }: View): string {
  if (due === "now") return pc.red("expired");
  return { ready: pc.green, incomplete: pc.red, busy: pc.yellow }[state](state);
}

function endText({ expires, due }: View, now: Date): string {
  if (expires === null) return "without an end";
  const hours = Math.abs(Date.parse(expires) - now.getTime()) / HOUR;
  const far = hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
  return due === "now" ? `expired ${far} ago` : `expires in ${far}`;
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
