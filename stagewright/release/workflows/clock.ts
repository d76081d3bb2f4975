import { parseCalendar } from "../../environment/schema/release/times";
import { cronLines, inUtc } from "../cron";
import { type Node, noted } from "../document";
import { moment } from "../gates/moment";
import type { Step } from "../jobs/job";
import type { Target } from "../target";

/** The `on:` of a workflow that the clock starts. @param states the line of the spec */
export function byTheClock({ rules }: Target, text: string, states: string): Node {
  const schedule = parseCalendar(text);
  const zone = ("zone" in schedule ? schedule.zone : undefined) ?? rules.timezone;
  const lines = cronLines(schedule, rules.timezone).map((cron) => ({ cron }));
  const comment = schedule.kind === "hourly" ? states : `${states}\n${inUtc(zone)}`;
  return { schedule: noted(comment, lines) };
}

/**
 * The step that lets only the stated moment pass; none where every start is one.
 * @param states the line of the spec
 * @param task the record by which a moment is served, once. Default: none is needed.
 */
export function onlyThen(target: Target, text: string, states: string, task?: string): Step[] {
  const stated = { ...target, rules: { ...target.rules, schedule: text } };
  const way = { suffix: "", calendar: parseCalendar(text) };
  const steps = moment({ target: stated, way, commit: "" }, { task });
  return steps.map((step) => ({ ...step, states }));
}
