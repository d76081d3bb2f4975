import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Temporal } from "temporal-polyfill";
import { zone } from "../../environment/schema/release/times";
import { readProject } from "../../project/project";
import { readSystem } from "../../project/system";
import { calendarOf } from "../../release/calendar/entries";
import { icalendar } from "../../release/calendar/ics";
import { now } from "../../release/time/now";
import { dirOption } from "../options";
import { calendarText } from "../output/calendar";

interface Options {
  dir: string;
  weeks: number;
  from?: Temporal.PlainDate;
  tz?: string;
  ics?: string;
}

/** `stagewright calendar` */
export function calendarCommand(): Command {
  return new Command("calendar")
    .description("say what would be deployed when, in the team's time zone and in UTC")
    .addOption(dirOption())
    .option("--weeks <number>", "how many weeks, 1 to 104", weeksArgument, 4)
    .option("--from <date>", "first day, for example 2026-01-05 (default: today)", dayArgument)
    .option("--tz <zone>", "IANA time zone to show (default: the team's)", zoneArgument)
    .option("--ics <file>", "also write an iCalendar file")
    .action(calendar);
}

function calendar({ dir, weeks, from, tz, ics }: Options): void {
  const project = readProject(path.resolve(dir));
  const system = Object.fromEntries(readSystem(project).map(({ stack, spec }) => [stack, spec]));
  const shown = tz ?? Object.values(system)[0]?.release.timezone ?? "UTC";
  const day = from ?? now().toZonedDateTimeISO(shown).toPlainDate();
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(shown).toInstant();
  const found = calendarOf(system, start(day), start(day.add({ weeks })));
  console.log(calendarText(found, shown));
  if (ics === undefined) return;
  writeFileSync(ics, icalendar(project.name, found));
  console.log(`\nwritten: ${ics}`);
}

function weeksArgument(text: string): number {
  const weeks = Number(text);
  if (Number.isInteger(weeks) && weeks >= 1 && weeks <= 104) return weeks;
  throw new InvalidArgumentError(`'${text}' is not a number of weeks; accepted: 1 to 104.`);
}

function dayArgument(text: string): Temporal.PlainDate {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text);
  } catch {
    // printed below
  }
  throw new InvalidArgumentError(`'${text}' is not a day; accepted: a date such as 2026-01-05.`);
}

function zoneArgument(text: string): string {
  const read = zone.safeParse(text);
  if (read.success) return read.data;
  throw new InvalidArgumentError(`'${text}' is not a time zone; accepted: ${read.error.issues[0]?.message}.`);
}
