import type { Temporal } from "temporal-polyfill";
import { isTree, type Tree } from "../environment/merge";
import type { Project, StackFiles } from "../project/project";
import { now } from "../release/time/now";
import type { Circumstances } from "./rule";

/** What findings depend on, of a stack that is read from its files. @param today `YYYY-MM-DD` */
export function circumstancesOf(project: Project, { settings }: StackFiles, today: string): Circumstances {
  return { config: { ...plainConfig(project.settings), ...plainConfig(settings) }, today };
}

/** Today in UTC, by which exceptions end, as `YYYY-MM-DD`. */
export function todayOf(): string {
  return dayOf(now());
}

/** The day of a moment in UTC, as `YYYY-MM-DD`. */
export function dayOf(moment: Temporal.Instant): string {
  return moment.toZonedDateTimeISO("UTC").toPlainDate().toString();
}

// The stack's file by its keys, and the project's; what is encrypted there is no matter.
function plainConfig({ config }: Tree): Tree {
  const stated = isTree(config) ? Object.entries(config) : [];
  return Object.fromEntries(
    stated.filter(
      ([, value]) => !(isTree(value) && (typeof value.secure === "string" || value.secret === true)),
    ),
  );
}
