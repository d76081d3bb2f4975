/** What can befall a stack. */
const EVENTS = [
  "up",
  "kill",
  "lose the state",
  "recover",
  "refresh",
  "drift",
  "rename",
  "region",
  "team",
  "account",
  "plan up",
  "plan down",
  "destroy",
] as const;

export type Event = (typeof EVENTS)[number];

const MOST_EVENTS = 6;

/** Numbers from 0 to below 1 (mulberry32): the same for the same seed. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several. */
export function pick<T>(chance: () => number, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)] as T;
}

/** A sequence: it begins with an `up`, whole or killed, since nothing is there before. */
export function sequence(chance: () => number): Event[] {
  const length = 1 + Math.floor(chance() * MOST_EVENTS);
  return Array.from({ length }, (_, i) => pick(chance, i === 0 ? (["up", "up", "kill"] as const) : EVENTS));
}
