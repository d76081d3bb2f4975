import path from "node:path";
import { play } from "./play";
import { chances, pick, sequence } from "./sequence";
import { allStacks } from "./stacks";

/**
 * `npm run never-lost -- [COUNT [SEED [SECONDS]]]`: plays generated sequences, and ends with how
 * many held. A sequence that fails is printed with its seed; `npm run never-lost -- 1 THAT_SEED`
 * plays it again. Stops early after so many seconds.
 */
async function main(): Promise<void> {
  const [count = 500, seed = Date.now() % 1_000_000, seconds = Number.POSITIVE_INFINITY] = process.argv
    .slice(2)
    .map(Number);
  const stacks = allStacks();
  const started = performance.now();
  const ends = { converged: 0, refused: 0, failed: 0 };
  for (let n = 0; n < count && performance.now() - started < seconds * 1000; n++) {
    const chance = chances(seed + n);
    const { dir, stack } = pick(chance, stacks);
    const events = sequence(chance);
    const { end, faults, log } = await play(dir, stack, events, chance);
    ends[faults.length > 0 ? "failed" : end]++;
    const name = `${path.basename(dir)}/${stack}`;
    console.log(`${faults.length > 0 ? "FAILED" : end}  seed ${seed + n}  ${name}: ${events.join(", ")}`);
    if (faults.length > 0)
      console.log([...faults, ...log].map((line) => `    ${line.replaceAll("\n", "\n      ")}`).join("\n"));
  }
  const played = ends.converged + ends.refused + ends.failed;
  console.log(
    `never lost: ${played} sequences from seed ${seed}: ${ends.converged} converged, ${ends.refused} refused, ${ends.failed} failed`,
  );
  if (ends.failed > 0) process.exitCode = 1;
}

void main();
