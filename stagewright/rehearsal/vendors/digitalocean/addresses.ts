import { digits } from "../../vendor";

/** A block of IPv4 addresses: the first one as a number, and their count. */
export interface Block {
  first: number;
  count: number;
}

// The documentation ranges of RFC 5737 have only 768 addresses, too few for unique ones in every
// cloud. Those for benchmarks (RFC 2544, section 12) are just as unroutable and have 131072.
const PUBLIC = { droplet: block("198.18.0.0/16"), reservedIp: block("198.19.0.0/16") };

/**
 * Returns a free public IPv4 address: the same one for the same identity unless it is taken.
 *
 * @param taken whether a thing has this address already
 */
export function publicIpv4(
  kind: keyof typeof PUBLIC,
  taken: (address: string) => boolean,
  ...identity: string[]
): string {
  return freeAddress(PUBLIC[kind], 1, taken, kind, ...identity);
}

/**
 * Returns a private address in a network in CIDR notation. DigitalOcean reserves the first ones.
 */
export function privateIpv4(
  range: string,
  taken: (address: string) => boolean,
  ...identity: string[]
): string {
  return freeAddress(block(range), 3, taken, "private", ...identity);
}

/**
 * Returns a public IPv6 address of the documentation range (RFC 3849): 96 bits of the identity, so
 * that no two are equal.
 */
export function publicIpv6(...identity: string[]): string {
  const groups = digits(24, "ipv6", ...identity).match(/.{4}/g) ?? [];
  // Canonical (RFC 5952): no leading zeros; a lone group of zeros stays.
  return [
    "2001",
    "db8",
    ...groups.map((group) => Number.parseInt(`1${group.slice(1)}`, 16).toString(16)),
  ].join(":");
}

/** Parses a block in CIDR notation into numbers. */
export function block(cidr: string): Block {
  const [address = "", length] = cidr.split("/");
  const count = 2 ** (32 - Number(length));
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first: number - (number % count), count };
}

/** Whether two blocks have an address in common. */
export function overlap(one: Block, other: Block): boolean {
  return one.first < other.first + other.count && other.first < one.first + one.count;
}

/** Formats a number as a dotted address. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function freeAddress(
  { first, count }: Block,
  kept: number,
  taken: (address: string) => boolean,
  ...identity: string[]
): string {
  const usable = count - kept - 1;
  const start = Number.parseInt(digits(12, "address", ...identity), 16) % usable;
  for (let tried = 0; tried < usable; tried++) {
    const address = dotted(first + kept + ((start + tried) % usable));
    if (!taken(address)) return address;
  }
  throw new Error(`all ${usable} addresses are taken`);
}
