import type { Permissions } from "../jobs/job";
import { line } from "../rules";
import { deployedTask } from "../tasks";
import { LATE } from "../time/late";
import { type Gate, READ_RECORDS, TOKEN } from "./gate";

const READ_RUNS: Permissions = {
  actions: { access: "read", why: "to see whether an earlier run is still at it" },
};

/**
 * Of the runs that cron lines start, the first one goes on that comes after the stated moment of
 * the time zone; the rest do nothing.
 * @param by how it is known that a moment is served. Default: by deploys.
 */
export function moment(
  where: Parameters<Gate>[0],
  by: { task?: string; workflow?: string } = {
    task: deployedTask(where.target.component),
    workflow: `deploy-${where.target.component}-${where.target.environment}.yml`,
  },
): ReturnType<Gate> {
  const { rules, environment } = where.target;
  const { calendar } = where.way;
  if (calendar?.kind !== "calendar") return [];
  const { days, time, everyWeeks, from, zone = rules.timezone } = calendar;
  return [
    {
      name: "Is this the moment?",
      states: line(rules, ["schedule"], rules.schedule),
      id: "moment",
      if: "github.event_name == 'schedule'",
      env: {
        ...TOKEN,
        ZONE: zone,
        DAYS: days.join(" "),
        TIME: time,
        ...(from !== undefined && { FROM: from, EVERY_WEEKS: `${everyWeeks}` }),
        ...(by.task !== undefined && { ENVIRONMENT: environment, TASK: by.task }),
        ...(by.workflow !== undefined && { WORKFLOW: by.workflow }),
        HOLDS_SECONDS: `${LATE.total("seconds")}`,
      },
      script: "gates/moment.sh",
      permissions: {
        ...(by.task !== undefined && READ_RECORDS),
        ...(by.workflow !== undefined && READ_RUNS),
      },
      quiet: true,
    },
  ];
}
