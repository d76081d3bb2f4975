import { Temporal } from "temporal-polyfill";
import { type CalendarSchedule, parseSchedule, parseWindow } from "../../environment/schema/release/times";
import { parseTracks } from "../../environment/schema/release/tracks";
import { line, type Rules, rulesOf, type System } from "../rules";
import { occurrencesBetween } from "../time/schedule";
import { isOpen, openings } from "../time/window";

/** Something on the release calendar. */
export interface Entry {
  /** The environment's name. */
  environment: string;
  component: "api" | "gui";
  kind: "deploy" | "verify" | "log watch" | "window";
  /** What happens, for example `deploys branch dev`. */
  what: string;
  /** The line of the spec that says so. */
  rule: string;
  at: Temporal.Instant;
  /** When a window closes. */
  until?: Temporal.Instant;
  /** The window is closed then, so nothing will be deployed. */
  closed: boolean;
}

/** What happens in a system in some time. */
export interface ReleaseCalendar {
  from: Temporal.Instant;
  until: Temporal.Instant;
  /** By time; at the same time by environment. */
  entries: Entry[];
  /** What happens every hour: its first time. */
  hourly: Entry[];
  /** What starts by itself, but not by the clock. */
  events: Omit<Entry, "at" | "until" | "closed">[];
}

/** The release calendar of a system, from a moment on and before another. */
export function calendarOf(system: System, from: Temporal.Instant, until: Temporal.Instant): ReleaseCalendar {
  const all = Object.values(system).flatMap((environment) => rulesOf(system, environment));
  const clocked = all.flatMap(clocks);
  const timed = clocked.flatMap(({ schedule, rules, ...entry }) => {
    if (schedule.kind === "hourly") return [];
    return occurrencesBetween(schedule, rules.timezone, from, until).map(
      (at): Entry => ({ ...entry, at, closed: entry.kind === "deploy" && isClosed(rules, at) }),
    );
  });
  return {
    from,
    until,
    entries: [...timed, ...all.flatMap((rules) => windows(rules, from, until))].sort(order),
    hourly: clocked.flatMap(({ schedule, rules, ...entry }) =>
      schedule.kind === "hourly"
        ? occurrencesBetween(schedule, rules.timezone, from, until)
            .slice(0, 1)
            .map((at): Entry => ({ ...entry, at, closed: false }))
        : [],
    ),
    events: all.flatMap(events),
  };
}

type Clocked = Omit<Entry, "at" | "until" | "closed"> & { schedule: CalendarSchedule; rules: Rules };

// What a deployable does by the clock.
function clocks(rules: Rules): Clocked[] {
  const stated = [
    { kind: "deploy", text: rules.schedule, path: ["schedule"], what: `deploys ${tracked(rules)}` },
    {
      kind: "verify",
      text: rules.verify?.schedule,
      path: ["verify", "schedule"],
      what: `runs ${rules.verify?.run}`,
    },
    {
      kind: "log watch",
      text: rules.logWatch?.schedule,
      path: ["logWatch", "schedule"],
      what: `looks for new errors, for ${rules.logWatch?.tell}`,
    },
  ] as const;
  return stated.flatMap(({ kind, text, path, what }): Clocked[] => {
    const schedule = text === undefined ? undefined : parseSchedule(text);
    if (schedule?.kind !== "calendar" && schedule?.kind !== "hourly") return [];
    const { environment, component } = rules;
    return [{ environment, component, kind, what, rule: line(rules, path, text), schedule, rules }];
  });
}

function windows(rules: Rules, from: Temporal.Instant, until: Temporal.Instant): Entry[] {
  const { window, environment, component, timezone } = rules;
  if (window === undefined) return [];
  return openings(parseWindow(window), timezone, from, until).map(({ opens, closes }) => ({
    environment,
    component,
    kind: "window",
    what: "may be deployed",
    rule: line(rules, ["window"], window),
    at: opens,
    until: closes,
    closed: false,
  }));
}

function events(rules: Rules): ReleaseCalendar["events"] {
  const { schedule, environment, component } = rules;
  const entry = { environment, component, kind: "deploy" as const };
  if (schedule !== undefined) {
    const { kind } = parseSchedule(schedule);
    if (kind === "calendar" || kind === "hourly") return [];
    return [
      { ...entry, what: `deploys ${tracked(rules)} ${schedule}`, rule: line(rules, ["schedule"], schedule) },
    ];
  }
  const rule = line(rules, ["tracks"], rules.tracks);
  const tracks = parseTracks(rules.tracks);
  switch (tracks.kind) {
    case "branch":
      return [{ ...entry, what: `deploys ${tracked(rules)} at every push`, rule }];
    case "releases":
      return [
        {
          ...entry,
          what: `deploys every published release${tracks.prereleases ? " and pre-release" : ""}`,
          rule,
        },
      ];
    case "tags":
      return [{ ...entry, what: `deploys every ${tracks.stable ? "stable " : ""}tag that matches`, rule }];
    case "nothing":
      return [];
  }
}

const tracked = ({ tracks }: Rules) => tracks;

function isClosed({ window, timezone }: Rules, at: Temporal.Instant): boolean {
  return window !== undefined && !isOpen(parseWindow(window), timezone, at);
}

function order(a: Entry, b: Entry): number {
  return (
    Temporal.Instant.compare(a.at, b.at) || compare(a.environment, b.environment) || compare(a.kind, b.kind)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
