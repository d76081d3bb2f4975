import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findings } from "../policy/findings";
import { circumstancesOf, dayOf } from "../policy/stack";
import type { Project, StackFiles } from "../project/project";
import { now } from "../release/time/now";
import { calendarSvg } from "./drawing/calendar";
import { promotionSvg } from "./drawing/promotion";
import { topologySvg } from "./drawing/topology";
import { type StackDeployed, topologyOf } from "./model/topology";
import { reportPage } from "./page";
import type { Comparison } from "./section";

/** A stack with everything that is read of it, and what the engine made of it. */
export interface StackReported extends StackDeployed {
  files: StackFiles;
}

/**
 * Writes the report of a system: `index.html`, and its pictures alone as `topology.svg`,
 * `promotion.svg` (the way of a commit) and `calendar.svg`; one that has nothing to show is left
 * out.
 *
 * @param stacks its stacks
 * @param comparisons what is known of pairs of them; the page leaves out what is not
 * @param out the folder, made where it is missing
 * @param at the moment whose week is the first on the release calendar, and whose day ends
 *   exceptions
 * @returns the path of the page
 */
export function writeReport(
  project: Project,
  stacks: readonly StackReported[],
  comparisons: Comparison[],
  out: string,
  at = now(),
): string {
  const topology = topologyOf(project.name, stacks);
  const system = Object.fromEntries(stacks.map(({ files: { stack, spec } }) => [stack, spec]));
  const releases = { system, now: at };
  const pictures = {
    "topology.svg": topologySvg(topology),
    "promotion.svg": promotionSvg(project.name, system),
    "calendar.svg": calendarSvg(project.name, releases),
  };
  mkdirSync(out, { recursive: true });
  for (const [file, picture] of Object.entries(pictures)) {
    // One of an earlier report must not stay where there is nothing to show any more.
    if (picture === undefined) rmSync(path.join(out, file), { force: true });
    else writeFileSync(path.join(out, file), picture);
  }
  const page = path.join(out, "index.html");
  const data = {
    topology,
    comparisons,
    releases,
    bills: stacks.map(({ files: { stack, spec }, resources }) => ({ stack, resources, budget: spec.budget })),
    policed: stacks.map(({ files, resources }) => ({
      stack: files.stack,
      findings: findings(resources, circumstancesOf(project, files, dayOf(at))),
    })),
  };
  writeFileSync(page, reportPage(data));
  return page;
}
