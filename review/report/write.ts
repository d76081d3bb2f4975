import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { topologySvg } from "./drawing/standalone";
import { type StackDeployed, topologyOf } from "./model/topology";
import { reportPage } from "./page";
import type { Comparison } from "./section";

/**
 * Writes the report of a system: `index.html`, and the drawing alone as `topology.svg`.
 *
 * @param system its name
 * @param stacks its stacks with what the engine made of them
 * @param comparisons what is known of pairs of them; the page leaves out what is not
 * @param out the folder, made where it is missing
 * @returns the path of the page
 */
export function writeReport(
  system: string,
  stacks: readonly StackDeployed[],
  comparisons: Comparison[],
  out: string,
): string {
  const topology = topologyOf(system, stacks);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, "topology.svg"), topologySvg(topology));
  const page = path.join(out, "index.html");
  writeFileSync(page, reportPage({ topology, comparisons }));
  return page;
}
