import pc from "picocolors";
import { logicalName } from "../../../providers/protocol/names";
import type { EngineEvent } from "../../rehearsal/events";
import { forbids } from "../../rehearsal/existing/existing";
import type { EngineOperation, Outcome } from "../../rehearsal/run";
import { shortType } from "./names";

const MARKS: Readonly<Record<string, string>> = {
  create: pc.green("+ created  "),
  "create-replacement": pc.green("+ recreated"),
  update: pc.yellow("~ updated  "),
  delete: pc.red("- deleted  "),
  "delete-replaced": pc.red("- replaced "),
  import: pc.cyan("= imported "),
  read: pc.cyan("> read     "),
};
const PLANNED: Readonly<Record<string, string>> = {
  create: pc.green("+ create   "),
  update: pc.yellow("~ update   "),
  delete: pc.red("- delete   "),
  replace: pc.magenta("± replace  "),
  import: pc.cyan("= import   "),
};

/**
 * One line for an event that changes a resource, or would in a preview; `undefined` for the others.
 */
export function changeLine(
  operation: EngineOperation,
  { resOutputsEvent, resourcePreEvent }: EngineEvent,
): string | undefined {
  const event = operation === "preview" ? resourcePreEvent : resOutputsEvent;
  if (!event || (event.planning ?? false) !== (operation === "preview")) return undefined;
  const { op, urn, type, detailedDiff } = event.metadata;
  const mark = (event.planning ? PLANNED : MARKS)[op];
  if (!mark || type.startsWith("pulumi:")) return undefined;
  const paths = Object.keys(detailedDiff ?? {});
  return `  ${mark} ${logicalName(urn)} ${pc.dim(shortType(type))}${paths.length > 0 ? `: ${paths.join(", ")}` : ""}`;
}

/** One line for data that would be lost. */
export function riskLine(says: string): string {
  return `  ${pc.red("!! data lost")} ${says}`;
}

/** The outcome of the run in one line. */
export function summaryLine(
  operation: EngineOperation,
  { ok, changes, existing }: Outcome,
  seconds: number,
): string {
  const told = Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([op, count]) => `${count} ${op === "same" ? "unchanged" : op}`);
  const known = !existing.some(forbids);
  const verdict = ok
    ? known
      ? pc.green(`${operation} succeeded`)
      : pc.red(`${operation} succeeded, beside what the state does not know`)
    : pc.red(`${operation} ${known ? "failed" : "refused"}`);
  return `${verdict}: ${told.join(", ") || (ok ? "nothing to do" : "nothing was changed")} (${seconds.toFixed(1)} s)`;
}
