import { expression } from "../document";
import { line } from "../rules";
import type { Gate } from "./gate";

// As `decision/start.ts` says. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
const LATE_SECONDS = 3600;

/** Of the runs that cron lines start, only that at the stated time of the time zone goes on. */
export const moment: Gate = ({ target: { rules }, way: { calendar } }) => {
  if (calendar?.kind !== "calendar") return [];
  const { days, time, everyWeeks, from, zone = rules.timezone } = calendar;
  return [
    {
      name: "Is this the moment?",
      states: line(rules, ["schedule"], rules.schedule),
      id: "moment",
      if: "github.event_name == 'schedule'",
      env: {
        CRON: expression("github.event.schedule"),
        ZONE: zone,
        DAYS: days.join(" "),
        TIME: time,
        ...(from !== undefined && { FROM: from, EVERY_WEEKS: `${everyWeeks}` }),
        LATE_SECONDS: `${LATE_SECONDS}`,
      },
      script: "gates/moment.sh",
      quiet: true,
    },
  ];
};
