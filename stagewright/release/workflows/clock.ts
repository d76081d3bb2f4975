import { parseCalendar } from "../../environment/schema/release/times";
import { cronLines } from "../cron";
import { type Node, noted } from "../document";
import { moment } from "../gates/moment";
import type { Step } from "../jobs/job";
import type { Target } from "../target";

/** The `on:` of a workflow that the clock starts. @param states the line of the spec */
export function byTheClock({ rules }: Target, text: string, states: string): Node {
  const schedule = parseCalendar(text);
  const zone = ("zone" in schedule ? schedule.zone : undefined) ?? rules.timezone;
  const lines = cronLines(schedule, rules.timezone).map((cron) => ({ cron }));
  const comment =
    schedule.kind === "hourly"
      ? states
      : `${states}\nIn UTC: one line for each offset of ${zone}; the first step lets the right one pass.`;
  return { schedule: noted(comment, lines) };
}

/** The step that lets only the stated moment pass; none where every start is one. @param states the line of the spec */
export function onlyThen(target: Target, text: string, states: string): Step[] {
  const stated = { ...target, rules: { ...target.rules, schedule: text } };
  const steps = moment({ target: stated, way: { suffix: "", calendar: parseCalendar(text) }, commit: "" });
  return steps.map((step) => ({ ...step, states }));
}
