import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readProject, readStack } from "../stagewright/project/project";
import { type EngineOperation, Rehearsal } from "../stagewright/rehearsal/run";

// Measures operations on dandi's staging as multiples of the engine's own minimum: a preview of an
// empty program, in the same process and the same minute. Ratios are comparable between machines,
// seconds are not.
const ROUNDS = 5;
const ROOT = path.resolve(__dirname, "..");

type Measure = () => Promise<number>;

async function main(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-bench-"));
  const project = readProject(ROOT);
  const files = readStack(project, "staging");
  const rehearsal = (name: string, program?: () => unknown) =>
    new Rehearsal(project, { cloud: path.join(scratch, `${name}.db`), program });
  const timed = (of: Rehearsal, operation: EngineOperation): Measure => {
    return async () => {
      const started = performance.now();
      const { ok, errors } = await of.run(files, operation);
      if (!ok) throw new Error(errors.join("\n"));
      return performance.now() - started;
    };
  };
  try {
    const empty = rehearsal("empty", () => ({}));
    const dandi = rehearsal("dandi");
    const floor = timed(empty, "preview");
    await timed(empty, "up")();
    await timed(dandi, "up")(); // loads the program once for all operations below
    const rows: [string, number][] = [];
    rows.push(["preview without change", await ratio(timed(dandi, "preview"), floor)]);
    rows.push(["refresh without drift", await ratio(timed(dandi, "refresh"), floor)]);
    const destroy = timed(dandi, "destroy");
    await destroy();
    rows.push(["up from nothing", await ratio(timed(dandi, "up"), floor, destroy)]);
    console.log("dandi/staging, as a multiple of the preview of an empty program (median of pairs):");
    for (const [name, value] of rows) console.log(`  ${name.padEnd(24)} ${value.toFixed(2)}`);
    review(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Measures a review as a multiple of one rehearsed `up` of the same stack, both as whole commands
 * including their start. At most 2.5.
 */
function review(scratch: string): void {
  const timed = (...args: string[]): number => {
    const started = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(ROOT, "stagewright/cli/stagewright.js"), ...args],
      {
        cwd: ROOT,
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(stderr);
    return (performance.now() - started) / 1000;
  };
  const reviewed = () => timed("review", "--stack", "staging", "--base", "HEAD");
  reviewed(); // caches the base's packages and its compiled code
  const pairs = Array.from({ length: 3 }, (_, round) => {
    const up = timed("rehearse", "up", "--stack", "staging", "--cloud", path.join(scratch, `up-${round}.db`));
    const whole = reviewed();
    return { up, whole, ratio: whole / up };
  }).sort((a, b) => a.ratio - b.ratio);
  const median = pairs[1];
  if (!median) return;
  console.log(
    `dandi/staging as commands: up ${median.up.toFixed(1)} s, review ${median.whole.toFixed(1)} s, ratio ${median.ratio.toFixed(2)} (at most 2.5)`,
  );
}

/** The median over pairs measured back to back, so that a slow minute slows both. */
async function ratio(measure: Measure, floor: Measure, after?: Measure): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ratios.push((await measure()) / (await floor()));
    await after?.();
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

void main();
