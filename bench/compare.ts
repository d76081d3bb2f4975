import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../stagewright/host/run";
import { readProject } from "../stagewright/project/project";

// Compares two checkouts: the resources and workflow files of every stack, and the exit codes of
// commands. Usage: node --require ./stagewright/typescript.js bench/compare.ts OTHER

const HERE = path.resolve(__dirname, "..");
const COMMANDS = ["stagewright/cli/stagewright.js", "cli/stagewright.js"];

/** Commands that end without an engine; their exit code and output must be equal. */
const CALLS = [
  ["cost", "--stack", "staging"],
  ["calendar"],
  ["schema"],
  ["nonsense"],
  ["rehearse", "up", "--stack", "stagin"],
  ["rehearse", "sideways", "--stack", "staging"],
  ["cost", "--stack", "staging", "--dir", "nowhere"],
  ["plan-release", "--stack", "production", "--commit", "4f0c2d1", "--at", "2026-01-03T10:00Z"],
];

async function stagewright(checkout: string, args: readonly string[]) {
  const command = COMMANDS.map((file) => path.join(checkout, file)).find((file) => existsSync(file));
  if (command === undefined) throw new Error(`${checkout} has no command stagewright`);
  const { code, output } = await run(process.execPath, [command, ...args], { cwd: checkout });
  return { code, output: output.replaceAll(checkout, "") };
}

/** The result of a checkout for a stack, as text: its state and its workflow files. */
async function madeOf(checkout: string, dir: string, stack: string): Promise<string> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-compare-"));
  try {
    const cloud = path.join(scratch, "cloud.db");
    const state = path.join(scratch, "state.json");
    const out = path.join(scratch, "out");
    const of = ["--dir", dir, "--stack", stack];
    const up = await stagewright(checkout, ["rehearse", "up", ...of, "--cloud", cloud, "--export", state]);
    const files = await stagewright(checkout, ["workflows", ...of, "--out", out]);
    const written = existsSync(out) ? readdirSync(out, { recursive: true, encoding: "utf8" }).sort() : [];
    const texts = written
      .filter((name) => name.endsWith(".yml"))
      .map((name) => `${name}\n${readFileSync(path.join(out, name), "utf8")}`);
    const resources = existsSync(state) ? settled(readFileSync(state, "utf8")) : up.output;
    return [`exit ${up.code} ${files.code}`, resources, ...texts].join("\n");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Row {
  urn: string;
  type: string;
  provider?: string;
  id?: string;
  created?: string;
  modified?: string;
  sourcePosition?: string;
  stackTrace?: unknown;
}

/**
 * A state's resources in the order of their URNs, without the values of a single run: times, lines
 * of the program, and the ids that the engine generates for providers.
 */
function settled(text: string): string {
  const { deployment } = JSON.parse(text) as { deployment: { resources: Row[] } };
  const rows = deployment.resources.map(({ created, modified, sourcePosition, stackTrace, id, ...rest }) => ({
    ...rest,
    provider: rest.provider?.replace(/::[^:]+$/, ""),
    id: rest.type.startsWith("pulumi:providers:") ? undefined : id,
  }));
  rows.sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const inOrder = (_: string, value: unknown) =>
    Array.isArray(value) && `${value[0]}`.startsWith("urn:") ? value.sort() : value;
  return JSON.stringify(rows, inOrder, 1);
}

async function main(): Promise<void> {
  const [other] = process.argv.slice(2);
  if (other === undefined) throw new Error("usage: bench/compare.ts OTHER (the folder of another checkout)");
  let different = 0;
  const say = (what: string, a: string, b: string) => {
    if (a !== b) different += 1;
    const lines = [a, b].map((text) => text.split("\n"));
    const at = lines[0]?.findIndex((line, i) => line !== lines[1]?.[i]) ?? -1;
    console.log(
      a === b ? `same       ${what}` : `different  ${what}:\n  ${lines[0]?.[at]}\n  ${lines[1]?.[at]}`,
    );
  };
  for (const dir of [".", ...readdirSync(path.join(HERE, "systems")).map((name) => `systems/${name}`)]) {
    const { name, stacks } = readProject(path.join(HERE, dir));
    for (const stack of stacks)
      say(`${name}/${stack}`, await madeOf(HERE, dir, stack), await madeOf(other, dir, stack));
  }
  for (const call of CALLS) {
    const [a, b] = [await stagewright(HERE, call), await stagewright(other, call)];
    say(`stagewright ${call.join(" ")}: exit ${a.code}`, `${a.code} ${a.output}`, `${b.code} ${b.output}`);
  }
  console.log(different === 0 ? "Both checkouts do the same." : `${different} differ.`);
  process.exitCode = different === 0 ? 0 : 1;
}

void main();
