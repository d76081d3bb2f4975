import { packageOf } from "../../providers/protocol/names";
import { leaves, type Tree } from "../environment/merge";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { mentions, type Text } from "../resources/texts";
import { type OutsideName, outsideNames } from "./outside";
import { isSameLent, type Lent, lentTo } from "./shared";

/** Something physical: what the rehearsal cloud tells apart by type and id. */
export interface Physical {
  type: string;
  id: string;
  scope: string;
  name: string;
  /**
   * Logical name of the resource that made it; `undefined` where it came along with another one.
   */
  resource?: string;
}

/** One of the two stacks that are compared. */
export interface Occupant {
  stack: string;
  spec: EnvironmentSpec;
  /** What the stack has made, without what was there before. */
  things: readonly Physical[];
  /** Every text in its resources. */
  texts: readonly Text[];
  /**
   * The secrets of its config as they are written in its file, by full key: plain text or
   * encrypted.
   */
  secrets: Readonly<Record<string, string>>;
  /** Secrets of its config that are another stack's, on purpose: their full keys. */
  borrowed?: { from: string; secrets: readonly string[] };
  /** Where a path of the environment is stated: `Pulumi.staging.yaml:16`. */
  placeOf(path: readonly string[]): string;
}

/** Where a shared thing is in one stack. */
interface Occurrence {
  stack: string;
  /** `bucket`, `api: inputs.sensitiveConfigVars.KEY`. */
  at: string;
  /**
   * The places that state it, as far as it can be traced, with their keys: `Pulumi.staging.yaml:16
   * bucket.name`.
   */
  stated: string[];
}

/** Something that two stacks have in common and should not. */
export interface Shared {
  /**
   * `made`: both make it. `outside`: both use it. `secret`: a secret or credential of one is in the
   * other. `named`: one refers to what the other makes.
   */
  kind: "made" | "outside" | "secret" | "named";
  /** What it is, for a person. Never the value of a secret. */
  what: string;
  in: Occurrence[];
}

export interface IsolationReport {
  shared: Shared[];
  /** What both use and both declare as common, for a person. */
  common: string[];
  /**
   * What one uses of the other on purpose, or both of a third, as `shared` in the environment
   * states it; for a person.
   */
  deliberate: string[];
  /** How many physical things each of them makes. */
  made: [number, number];
}

/**
 * What two stacks share. Nothing of what is made may be common to both, nor a secret, nor may one
 * refer to what the other makes, but for what one states to share of the other; of what exists
 * outside, only what both list under `common`.
 */
export function isolation(a: Occupant, b: Occupant): IsolationReport {
  const outside = sameOutside(a, b);
  const declared = ({ inA, inB }: Outside) => isCommon(a.spec, inA.path) && isCommon(b.spec, inB.path);
  return {
    shared: [
      ...sharedThings(a, b),
      ...outside.filter((same) => !declared(same)).map((same) => sharedOutside(same, a, b)),
      ...sharedParts(a, b),
      ...sharedSecrets(a, b),
      ...named(a, b),
      ...named(b, a),
    ],
    common: [...new Set(outside.filter(declared).map(({ inA }) => `${inA.what} ${inA.value}`))],
    deliberate: deliberate(a, b),
    made: [a.things.length, b.things.length],
  };
}

/** What a maker has that another one states to share of it. */
function lentThings(maker: Occupant, other: Occupant): { lent: Lent; thing: Physical }[] {
  const lent = lentTo(other.spec).filter(({ of }) => of === maker.spec.name);
  return maker.things.flatMap((thing) => {
    const stated = lent.find(({ type, name }) => type === thing.type && name === thing.name);
    return stated ? [{ lent: stated, thing }] : [];
  });
}

function lentToBoth(a: Occupant, b: Occupant): { inA: Lent; inB: Lent }[] {
  return lentTo(a.spec).flatMap((inA) =>
    lentTo(b.spec)
      .filter((inB) => isSameLent(inA, inB))
      .map((inB) => ({ inA, inB })),
  );
}

function deliberate(a: Occupant, b: Occupant): string[] {
  const both = lentToBoth(a, b).flatMap(({ inA, inB }) => [inA, inB]);
  const lent = [...lentThings(a, b), ...lentThings(b, a)].map((found) => found.lent);
  const secrets = [a, b].flatMap(({ borrowed }) =>
    (borrowed?.secrets ?? [])
      .filter((key) => isBorrowed(key, a, b))
      .map((key) => `secret ${key} of ${borrowed?.from}`),
  );
  return [...new Set([...lent, ...both].map(({ what }) => what).concat(secrets))];
}

// Whether one has a secret of the other's config, or both of a third one's.
function isBorrowed(key: string, a: Occupant, b: Occupant): boolean {
  const has = ({ borrowed }: Occupant, of: string) => borrowed?.from === of && borrowed.secrets.includes(key);
  return (
    has(a, b.stack) ||
    has(b, a.stack) ||
    (a.borrowed ? has(a, a.borrowed.from) && has(b, a.borrowed.from) : false)
  );
}

// Of a bucket that belongs to neither, each has a part; that two parts overlap nobody has stated.
function sharedParts(a: Occupant, b: Occupant): Shared[] {
  return lentToBoth(a, b).flatMap(({ inA, inB }): Shared[] => {
    if (inA.part === undefined || inB.part === undefined) return [];
    if (!inA.part.startsWith(inB.part) && !inB.part.startsWith(inA.part)) return [];
    if (isCommon(a.spec, inA.path) && isCommon(b.spec, inB.path)) return [];
    const at = (side: Occupant, { path, part }: Lent): Occurrence => ({
      stack: side.stack,
      at: `${path.join(".")}: ${part}`,
      stated: [side.placeOf(path)],
    });
    const what = `a part of the bucket '${inA.name}' of ${inA.of}`;
    return [{ kind: "outside", what, in: [at(a, inA), at(b, inB)] }];
  });
}

function sharedThings(a: Occupant, b: Occupant): Shared[] {
  const pairs = a.things.flatMap((thing) => {
    const other = b.things.find((candidate) => isSame(thing, candidate));
    return other ? [{ thing, other }] : [];
  });
  const all = pairs.map(({ thing }) => thing);
  return pairs
    .filter(({ thing }) => isWhole(thing, all))
    .map(({ thing, other }) => {
      const parts = all.filter((part) => isPartOf(part, thing)).length;
      return {
        kind: "made",
        what: `${describe(thing)}${parts > 0 ? ` and ${parts} more that belong to it` : ""}`,
        in: [occurrence(a, thing), occurrence(b, other)],
      };
    });
}

// At a vendor, too, two things of one type are one when they bear one id, or one name where names
// are unique.
function isSame(x: Physical, y: Physical): boolean {
  return x.type === y.type && (x.id === y.id || (x.scope === y.scope && x.name === y.name));
}

function isWhole(thing: Physical, among: readonly Physical[]): boolean {
  return !among.some((whole) => isPartOf(thing, whole));
}

// A setting of a bucket bears the bucket's name or id, a process of an app has the app's id as its
// scope, and a variable of a GitHub environment has `repository:environment`. Of two that bear the
// same, the one with the plainer type is the whole.
function isPartOf(part: Physical, whole: Physical): boolean {
  if (part === whole || packageOf(part.type) !== packageOf(whole.type)) return false;
  if (serviceOf(part) !== serviceOf(whole)) return false;
  if (part.id === whole.id || (part.name === whole.name && part.scope === whole.scope)) {
    return part.type.length > whole.type.length;
  }
  const inside = whole.scope !== "" && part.scope.startsWith(whole.scope) && part.scope.endsWith(whole.name);
  return inside || [part.scope, part.id].some((text) => text.split(/[/:@]/).includes(whole.id));
}

// A bucket and a user may bear one name:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
function serviceOf({ type }: Pick<Physical, "type">): string {
  const [vendor, service = ""] = type.split(/[:/]/);
  return vendor === "aws" ? service : "";
}

function describe({ type, name }: Physical): string {
  const [vendor = "", module = "", kind = module] = type.split(":");
  return `${vendor} ${kind} '${name.length > 60 ? `${name.slice(0, 57)}…` : name}'`;
}

function occurrence(side: Occupant, { resource, name, type }: Physical): Occurrence {
  return { stack: side.stack, at: resource ?? type, stated: statements(side, name, resource) };
}

// The leaves of the environment with that value; those of the section that the resource belongs to,
// where there are some.
function statements({ spec, placeOf }: Occupant, value: string, resource = ""): string[] {
  const words = value.split(/[_\s]/); // the name of a record is `api.example.org_CNAME`
  const same = leavesOf(spec).filter((leaf) => typeof leaf.value === "string" && words.includes(leaf.value));
  const near = same.filter(({ path: [section] }) => resource.split("-")[0] === section);
  return (near.length > 0 ? near : same).map(({ path }) => `${placeOf(path)} ${path.join(".")}`);
}

function leavesOf(spec: EnvironmentSpec): { path: string[]; value: unknown }[] {
  return leaves(spec).map((path) => ({
    path,
    value: path.reduce<unknown>((here, step) => (here as Tree)[step], spec),
  }));
}

interface Outside {
  inA: OutsideName;
  inB: OutsideName;
}

function sameOutside(a: Occupant, b: Occupant): Outside[] {
  return outsideNames(a.spec).flatMap((inA) =>
    outsideNames(b.spec)
      .filter((inB) => inA.what === inB.what && inA.value === inB.value)
      .map((inB) => ({ inA, inB })),
  );
}

function sharedOutside({ inA, inB }: Outside, a: Occupant, b: Occupant): Shared {
  const at = (side: Occupant, path: readonly string[]): Occurrence => ({
    stack: side.stack,
    at: path.join("."),
    stated: [side.placeOf(path)],
  });
  return { kind: "outside", what: `${inA.what} '${inA.value}'`, in: [at(a, inA.path), at(b, inB.path)] };
}

function isCommon({ common }: EnvironmentSpec, path: readonly string[]): boolean {
  const text = path.join(".");
  return common.some((declared) => text === declared || text.startsWith(`${declared}.`));
}

// What is shorter could be in any text by chance.
const SHORTEST_SECRET = 8;
const SHORTEST_NAME = 4;

function sharedSecrets(a: Occupant, b: Occupant): Shared[] {
  const inConfig = Object.entries(a.secrets)
    .flatMap(([key, value]) =>
      Object.entries(b.secrets)
        .filter(([other, same]) => same === value && !(key === other && isBorrowed(key, a, b)))
        .map(([other]) => ({ key, other })),
    )
    .map(({ key, other }): Shared => {
      const at = (side: Occupant, name: string): Occurrence => ({
        stack: side.stack,
        at: name,
        stated: [`Pulumi.${side.stack}.yaml`],
      });
      return { kind: "secret", what: `the secret ${key} of the config`, in: [at(a, key), at(b, other)] };
    });
  return [...inConfig, ...secretsFoundIn(a, b), ...secretsFoundIn(b, a, (value) => !isSecretOf(a, value))];
}

// Secrets of one stack inside the texts of another; one finding for each value.
function secretsFoundIn(owner: Occupant, other: Occupant, wanted = (_: string) => true): Shared[] {
  const isGiven = (value: string) => isLentBy(owner, other, value) || isLentBy(other, owner, value);
  const secrets = new Map(
    owner.texts.toReversed().flatMap((text) => (text.secret ? [[text.value, text]] : [])),
  );
  return [...secrets.values()]
    .filter(({ value }) => wanted(value) && isSecretOf(owner, value) && !isGiven(value))
    .flatMap((secret): Shared[] => {
      const found = other.texts.find(({ value }) => value.includes(secret.value));
      if (!found) return [];
      const at = (side: Occupant, text: Text) => ({ stack: side.stack, at: placeIn(text), stated: [] });
      return [
        {
          kind: "secret",
          what: `the secret in ${placeIn(secret)}`,
          in: [at(owner, secret), at(other, found)],
        },
      ];
    });
}

// What is used with its owner's credential is known to both.
function isLentBy(owner: Occupant, other: Occupant, value: string): boolean {
  const lent = lentThings(owner, other).filter((found) => found.lent.asOwner);
  const resources = lent.map(({ thing }) => thing.resource);
  return owner.texts.some((text) => text.value === value && resources.includes(text.resource));
}

// A whole map is secret when one value in it is; what the same stack shows in plain as well is
// none.
function isSecretOf({ texts }: Occupant, value: string): boolean {
  if (value.length < SHORTEST_SECRET) return false;
  const same = texts.filter((text) => text.value === value);
  return same.length > 0 && same.every(({ secret }) => secret);
}

function placeIn({ resource, path }: Text): string {
  return `${resource}: ${path}`;
}

/**
 * What one stack alone makes, where the other one refers to it: by an id or address in a resource,
 * or by a name in its environment.
 */
function named(maker: Occupant, other: Occupant): Shared[] {
  const others = new Set(other.things.flatMap(({ id, name }) => [id, name]));
  const alone = maker.things.filter(({ id, name }) => !others.has(id) && !others.has(name));
  const lent = lentThings(maker, other).map(({ thing }) => thing);
  return alone
    .filter((thing) => isWhole(thing, alone) && !lent.includes(thing))
    .flatMap((thing): Shared[] => {
      const made: Occurrence = occurrence(maker, thing);
      const used = usesOfId(thing, other) ?? usesOfName(thing, other);
      return used ? [{ kind: "named", what: describe(thing), in: [made, used] }] : [];
    });
}

// An id that the vendor drew is nobody else's, wherever it appears, and so is a name within an ARN.
function usesOfId({ id, name, type }: Physical, other: Occupant): Occurrence | undefined {
  const drawn = /^[\w-]{12,}$/.test(id) && /\d/.test(id);
  const inArn = (value: string) =>
    packageOf(type) === "aws" &&
    (value.match(/arn:aws[\w-]*:[^\s"]+/g) ?? []).some(
      (arn) => arn.split(":")[2] === serviceOf({ type }) && mentions(arn, name),
    );
  const found = other.texts.find(({ value }) => (drawn && mentions(value, id)) || inArn(value));
  return found && { stack: other.stack, at: placeIn(found), stated: [] };
}

// A name that is unique at its vendor may be a common word elsewhere: it is looked for where a
// person stated something. What names a thing outside, such as a repository, is about that vendor's
// things alone.
function usesOfName(
  { name, scope, type }: Physical,
  { stack, spec, placeOf }: Occupant,
): Occurrence | undefined {
  if (name.length < SHORTEST_NAME || scope.includes("/") || /\s/.test(name) || type.split(":").length < 3)
    return undefined;
  const outside = outsideNames(spec);
  const lent = lentTo(spec);
  const found = leavesOf(spec).find(({ path, value }) => {
    if (typeof value !== "string" || !refersTo(value, name)) return false;
    const states = lent.find((other) => other.namedAt === path.join("."));
    if (states) return states.type === type;
    const named = outside.find((other) => other.path.join(".") === path.join("."));
    return !named || (named.vendor === packageOf(type) && !isCommon(spec, path));
  });
  return found && { stack, at: found.path.join("."), stated: [placeOf(found.path)] };
}

// The name itself, or a vendor's address or ARN that begins or ends with it; not a host that
// happens to contain it.
function refersTo(value: string, name: string): boolean {
  const words = value.split(/[^\w.-]+/);
  return words.some((word) => word === name || (word.startsWith(`${name}.`) && VENDORS.test(word)));
}

const VENDORS = /\.(amazonaws\.com|herokuapp\.com|netlify\.app|sentry\.io|cloudamqp\.com)$/;
