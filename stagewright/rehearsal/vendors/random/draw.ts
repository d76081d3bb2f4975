import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import { digits } from "../../vendor";

// https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password: the
// characters of each class.
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const CLASSES = [
  { allowed: ["lower"], least: "minLower", characters: LOWER },
  { allowed: ["upper"], least: "minUpper", characters: LOWER.toUpperCase() },
  { allowed: ["numeric", "number"], least: "minNumeric", characters: "0123456789" },
  { allowed: ["special"], least: "minSpecial", characters: "!@#$%&*()-_=+[]{}<>:?" },
] as const;

/**
 * Returns a string of `inputs.length` characters with at least the requested number from each
 * class. The same seed gives the same string. Throws a ProviderError if the request cannot be met.
 */
export function drawString(inputs: Properties, seed: string): string {
  const length = Number(inputs.length);
  const chance = chances(seed);
  const classes = CLASSES.map(({ allowed, least, characters }) => ({
    open: allowed.every((property) => inputs[property] !== false),
    least: Number(inputs[least] ?? 0),
    characters:
      least === "minSpecial" && inputs.overrideSpecial ? String(inputs.overrideSpecial) : characters,
  }));
  const needed = classes.reduce((sum, { least }) => sum + least, 0);
  if (!Number.isInteger(length) || length < Math.max(1, needed)) {
    throw new ProviderError(
      `Invalid Attribute Value: length must be at least 1 and at least the sum of min_upper, min_lower, min_numeric and min_special (${needed}), got: ${inputs.length}`,
    );
  }
  const all = classes.map(({ open, characters }) => (open ? characters : "")).join("");
  if (all === "")
    throw new ProviderError("the character set specified is empty: at least one class must be allowed");
  const pick = (from: string) => from.charAt(Math.floor(chance() * from.length));
  const drawn = [
    ...classes.flatMap(({ least, characters }) => Array.from({ length: least }, () => pick(characters))),
    ...Array.from({ length: length - needed }, () => pick(all)),
  ];
  return drawn
    .map((character) => ({ character, order: chance() }))
    .sort((a, b) => a.order - b.order)
    .map(({ character }) => character)
    .join("");
}

/** Returns a number of bytes. */
export function drawBytes(length: number, seed: string): Buffer {
  return Buffer.from(digits(length * 2, seed, "bytes"), "hex");
}

// Returns a generator of numbers from 0 to below 1, the same for the same seed.
function chances(seed: string): () => number {
  let drawn = 0;
  return () => Number.parseInt(digits(8, seed, String(drawn++)), 16) / 2 ** 32;
}
