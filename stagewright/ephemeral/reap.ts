import { createHash } from "node:crypto";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { recordsOf } from "./description";
import { type Environments, limitsIn } from "./environments";
import { hoursAfter, hoursOf } from "./lifetime";
import { orphansIn } from "./orphans";
import { Refusal } from "./refusal";
import type { Marked, StackState } from "./stacks";
import { type View, viewOf } from "./view";

/** Which part of all environments a run looks after: the `part`th of `of`, counted from 1. */
export interface Shard {
  part: number;
  of: number;
}

export interface ReapOptions {
  /** Only say what would be done. */
  dryRun?: boolean;
  /** Default: all. */
  shard?: Shard;
  /** The system's long-lived environments, which say how its physical names begin. */
  likes: readonly EnvironmentSpec[];
  /** Told what is being done. */
  onProgress?: (line: string) => void;
}

/** What a run of the reaper did and found. */
export interface Reaped {
  /** Whose time was over, and which are gone; in a dry run: which would be. */
  destroyed: View[];
  /** Whose time is over within a day. */
  soon: View[];
  /** At which an engine is at work: a later run looks at them again. */
  busy: View[];
  /** What could not be destroyed, and why. */
  failed: { name: string; reason: string }[];
  /** What carries an ephemeral environment's name and belongs to no stack. */
  orphans: Marked[];
  /** Vendors that were not asked for orphans. */
  unasked: string[];
}

/** A destruction that fails is tried so often in all. */
const ATTEMPTS = 3;

/** Clocks of two machines may differ by so many hours. */
const SKEW = 0.25;

/**
 * How many hours a stack may stand there without a record, as one does whose creation has just
 * begun.
 */
const UNRECORDED = 1;

/**
 * Destroys what has outlived its time, finds what is about to and what nobody owns. Any number may
 * run at once: of two that come to the same environment one destroys it.
 */
export async function reap(environments: Environments, options: ReapOptions): Promise<Reaped> {
  const { stacks } = environments.settings;
  const reaped: Reaped = { destroyed: [], soon: [], busy: [], failed: [], orphans: [], unasked: [] };
  const ours = (await environments.stacks()).filter((name) => isIn(name, options.shard));
  for (const [stack, state] of await environments.read(ours)) {
    await look(stack, state, environments, options, reaped);
  }
  // Asked for before the stacks, so that what is created meanwhile is seen with its stack.
  const { found, unasked } = await stacks.marked(options.likes);
  const orphans = orphansIn(found, options.likes, await environments.stacks());
  reaped.orphans = orphans.filter(({ environment }) => isIn(environment, options.shard));
  reaped.unasked = unasked;
  return reaped;
}

/** Whether a stack belongs to a part: the same at every run and on every machine. */
export function isIn(stack: string, shard: Shard | undefined): boolean {
  if (!shard) return true;
  return createHash("sha256").update(stack).digest().readUInt32BE() % shard.of === shard.part - 1;
}

async function look(
  stack: string,
  state: StackState,
  environments: Environments,
  options: ReapOptions,
  reaped: Reaped,
): Promise<void> {
  const now = environments.now();
  const view = viewOf(stack, state, now);
  if (state.busy !== undefined) {
    reaped.busy.push(view);
  } else if (isOver(stack, state, now)) {
    await destroy(view, environments, options, reaped);
  } else {
    if (view.due === "soon") reaped.soon.push(view);
    if (isTooLate(state, now) && !options.dryRun) await setRight(view, environments, options, reaped);
  }
}

async function destroy(
  view: View,
  environments: Environments,
  { dryRun, onProgress }: ReapOptions,
  reaped: Reaped,
): Promise<void> {
  let reason = "";
  for (let attempt = 1; attempt <= ATTEMPTS && !dryRun; attempt++) {
    onProgress?.(attempt === 1 ? `destroying ${view.name}` : `destroying ${view.name}, attempt ${attempt}`);
    // It may have been destroyed by another reaper, or been updated, since it was judged; and of
    // what an attempt has left the record may be gone.
    const still = (state: StackState) =>
      isOver(view.stack, state, environments.now()) ||
      (attempt > 1 && !recordsOf(state.resources).description);
    try {
      if (await environments.destroy(view.name, still)) reaped.destroyed.push(view);
      return;
    } catch (error) {
      if (error instanceof Refusal) {
        reaped.busy.push(view);
        return;
      }
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  if (dryRun) reaped.destroyed.push(view);
  else reaped.failed.push({ name: view.name, reason });
}

/**
 * Whether the time of what a stack holds is over; of one without a record, whether nobody can be at
 * work on it any more.
 */
function isOver(stack: string, state: StackState, now: Date): boolean {
  const { resources, written } = state;
  if (recordsOf(resources).description) return viewOf(stack, state, now).due === "now";
  return written === undefined || hoursAfter(written, UNRECORDED) <= now;
}

// Whoever's clock was ahead gave it more time than anybody may: from now on it has what it should
// have.
async function setRight(
  { name, stack }: View,
  environments: Environments,
  { onProgress }: ReapOptions,
  reaped: Reaped,
): Promise<void> {
  const now = environments.now();
  const state = await environments.settings.stacks.read(stack); // others were seen to since it was read
  const { claim, description } = recordsOf(state?.resources ?? []);
  if (!state || !claim || !description || !isTooLate(state, now)) return;
  const { ttl } = description;
  const expires = ttl === null ? null : hoursAfter(now, ttl).toISOString();
  onProgress?.(`${name} was to expire at ${description.expires}, later than is allowed: now at ${expires}`);
  try {
    await environments.describe(state, claim, { ...description, expires });
  } catch (error) {
    if (error instanceof Refusal) return; // just being updated, with a time of its own
    reaped.failed.push({ name, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Whether an end of time is further away than any that may be asked for. */
function isTooLate({ resources }: StackState, now: Date): boolean {
  const { description } = recordsOf(resources);
  if (!description) return false;
  const { ttl, expires } = description;
  const most = Math.max(ttl ?? 0, hoursOf(limitsIn(description).maxTtl) ?? 0);
  return expires !== null && new Date(expires) > hoursAfter(now, most + SKEW);
}
