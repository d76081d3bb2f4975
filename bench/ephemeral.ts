import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Mini, request } from "../test/ephemeral/mini";

// Measures whether environments get slower to create as their number grows: the mean of the last
// twenty creations over that of the first twenty, with the sizes of this process and the state.
// Usage: node --require ./stagewright/typescript.js bench/ephemeral.ts [CREATIONS]
const CREATIONS = Number(process.argv[2] ?? 200);
const FEW = 20;
// Heroku limits a team to 100 apps, and the rehearsal cloud enforces it.
const APPS_OF_A_TEAM = 90;
const MB = 1024 * 1024;

async function main(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-bench-"));
  try {
    const mini = new Mini(scratch, { ephemeral: { max: CREATIONS } });
    const environments = mini.environments();
    let made = 0;
    const create = async (name: string) => {
      const started = performance.now();
      const set = { api: { team: `team-${Math.floor(made++ / APPS_OF_A_TEAM)}` } };
      await environments.create(mini.project, { request: request(name, { set }), like: mini.like });
      return performance.now() - started;
    };
    await create("first"); // loads the program and creates the files
    await environments.destroy("first");
    const before = process.memoryUsage().rss;
    const times: number[] = [];
    for (let number = 1; number <= CREATIONS; number++) times.push(await create(`pr-${number}`));
    const listing = performance.now();
    const listed = (await environments.list()).length;
    const elapsed = performance.now() - listing;
    const [first, last] = [mean(times.slice(0, FEW)), mean(times.slice(-FEW))];
    console.log(`${CREATIONS} ephemeral environments, one after the other:`);
    row("first twenty", `${(first / 1000).toFixed(2)} s each`);
    row("last twenty", `${(last / 1000).toFixed(2)} s each`);
    row("last over first", (last / first).toFixed(2));
    row("list", `${listed} in ${elapsed.toFixed(0)} ms`);
    row("memory before", `${(before / MB).toFixed(0)} MB`);
    row("memory after", `${(process.memoryUsage().rss / MB).toFixed(0)} MB`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function row(name: string, value: string): void {
  console.log(`  ${name.padEnd(18)} ${value}`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

void main();
