import assert from "node:assert/strict";
import type { Environments } from "../../stagewright/ephemeral/environments";
import { reap } from "../../stagewright/ephemeral/reap";
import { Refusal } from "../../stagewright/ephemeral/refusal";
import type { Failure } from "../../stagewright/rehearsal/conditions";
import { type Mini, request } from "./mini";

interface Crowd {
  /** How many names there are. */
  environments: number;
  /** How many operations are begun. */
  operations: number;
  /** How many at once. */
  parallel: number;
  seed: number;
}

/** What came of it, by operation and end. */
export type Tally = Record<string, number>;

/**
 * Creates, updates, extends, destroys and reaps in random order, several at once and on the same
 * names, while engines are killed and answers are lost. Afterwards the cloud must hold exactly what
 * the list says.
 */
export async function crowd(mini: Mini, { environments, operations, parallel, seed }: Crowd): Promise<Tally> {
  const draw = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)] as T;
  const names = Array.from({ length: environments }, (_, index) => `pr-${index + 1}`);
  const tally: Tally = {};
  let begun = 0;
  const work = async () => {
    while (begun++ < operations) {
      // First each is created, then anything happens.
      const name = names[begun - 1] ?? pick(names);
      const operation = begun <= environments ? "create" : pick(OPERATIONS);
      const failures = draw() < 0.3 ? [mishap(pick)] : [];
      const end = await ended(() =>
        operate(operation, name, mini, mini.environments(pick(["anton", "berta"]), { failures }), draw),
      );
      assert.ok(
        end.how !== "failed" || failures.length > 0,
        `${operation} of ${name} failed with nothing wrong: ${end.why}`,
      );
      const key = `${operation} ${end.how}`;
      tally[key] = (tally[key] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  await settle(mini);
  return tally;
}

const OPERATIONS = ["create", "update", "update", "extend", "destroy", "reap"] as const;
type Operation = (typeof OPERATIONS)[number];

async function operate(
  operation: Operation,
  name: string,
  { project, like }: Mini,
  environments: Environments,
  draw: () => number,
): Promise<void> {
  const set = { api: { variables: { DRAWN: String(draw()) } } };
  const creation = { request: request(name, { set }), like };
  if (operation === "create") await environments.create(project, creation);
  if (operation === "update") await environments.create(project, { ...creation, update: true });
  if (operation === "extend") await environments.extend(name, "5d");
  if (operation === "destroy") await environments.destroy(name);
  if (operation === "reap") await reap(environments, { likes: [like.spec] });
}

interface End {
  how: "done" | "refused" | "failed";
  why?: string;
}

async function ended(work: () => Promise<void>): Promise<End> {
  try {
    await work();
    return { how: "done" };
  } catch (error) {
    if (error instanceof Refusal) return { how: "refused" };
    if (error instanceof Error && error.name === "EngineError") return { how: "failed", why: error.message };
    throw error;
  }
}

function mishap(pick: <T>(from: readonly T[]) => T): Failure {
  return {
    type: pick(["App", "Slug", "Release", "Formation", "*"]),
    operation: pick(["create", "create", "update", "delete"]),
    nth: pick([1, 1, 2, 3]),
    error: pick(["crash", "crash", "lost", "503 Service Unavailable"]),
  };
}

// What is half-done is finished, and then nothing is left to doubt.
async function settle(mini: Mini): Promise<void> {
  const environments = mini.environments();
  for (const { name, state, like } of await environments.list()) {
    if (state === "ready") continue;
    if (like === null) await environments.destroy(name);
    else await environments.create(mini.project, { request: request(name), like: mini.like, update: true });
  }
}

// Mulberry32: small, and the same on every machine.
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
