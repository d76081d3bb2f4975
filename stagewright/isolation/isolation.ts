import { packageOf } from "../../providers/protocol/names";
import { leaves, type Tree } from "../environment/merge";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { mentions, type Text } from "../resources/texts";
import { type OutsideName, outsideNames } from "./outside";
import { isSameLent, type Lent, lentTo } from "./shared";

/** A physical thing, identified by type and id in the rehearsal cloud. */
export interface Physical {
  type: string;
  id: string;
  scope: string;
  name: string;
  /**
   * Logical name of the resource that made it; `undefined` if it came along with another one.
   */
  resource?: string;
}

/** One of the two compared stacks. */
export interface Occupant {
  stack: string;
  spec: EnvironmentSpec;
  /** The things that the stack has made, without those that existed before. */
  things: readonly Physical[];
  /** All texts in its resources. */
  texts: readonly Text[];
  /**
   * The secrets of its config as written in its file, by full key: plain text or
   * encrypted.
   */
  secrets: Readonly<Record<string, string>>;
  /** Full keys of config secrets that deliberately belong to another stack. */
  borrowed?: { from: string; secrets: readonly string[] };
  /** Returns where a path of the environment is stated: `Pulumi.staging.yaml:16`. */
  placeOf(path: readonly string[]): string;
}

/** The location of a shared thing in one stack. */
interface Occurrence {
  stack: string;
  /** `bucket`, `api: inputs.sensitiveConfigVars.KEY`. */
  at: string;
  /**
   * The places that state it, with their keys, as far as they can be traced:
   * `Pulumi.staging.yaml:16 bucket.name`.
   */
  stated: string[];
}

/** Something that two stacks share but should not. */
export interface Shared {
  /**
   * `made`: both make it. `outside`: both use it. `secret`: one contains a secret or credential of
   * the other. `named`: one refers to something that the other makes.
   */
  kind: "made" | "outside" | "secret" | "named";
  /** Description for a reader. Never contains a secret value. */
  what: string;
  in: Occurrence[];
}

export interface IsolationReport {
  shared: Shared[];
  /** Things that both use and both declare as common, described for a reader. */
  common: string[];
  /**
   * Things that one deliberately uses of the other, or both of a third, as `shared` in the
   * environment states; described for a reader.
   */
  deliberate: string[];
  /** The number of physical things that each makes. */
  made: [number, number];
}

/**
 * Finds the things that two stacks share. Unless one states that it shares a part of the other,
 * they may share nothing that they make and no secret, and neither may refer to something that the
 * other makes. Of the things that exist outside, they may share only those that both list under
 * `common`.
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

/** Finds the things of their maker that another stack states to share. */
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

// Whether one deliberately has a secret of the other's config, or both have one of a third's.
function isBorrowed(key: string, a: Occupant, b: Occupant): boolean {
  const has = ({ borrowed }: Occupant, of: string) => borrowed?.from === of && borrowed.secrets.includes(key);
  return (
    has(a, b.stack) ||
    has(b, a.stack) ||
    (a.borrowed ? has(a, a.borrowed.from) && has(b, a.borrowed.from) : false)
  );
}

// Each has a part of a bucket that belongs to neither; nobody has stated that the parts overlap.
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

// Two things of one type are the same at the vendor too if they have the same id, or the same name
// where names are unique.
function isSame(x: Physical, y: Physical): boolean {
  return x.type === y.type && (x.id === y.id || (x.scope === y.scope && x.name === y.name));
}

function isWhole(thing: Physical, among: readonly Physical[]): boolean {
  return !among.some((whole) => isPartOf(thing, whole));
}

// A bucket's setting has the bucket's name or id, an app's process has the app's id as its scope,
// and a variable of a GitHub environment has `repository:environment`. If two have the same, the
// one with the plainer type is the whole.
function isPartOf(part: Physical, whole: Physical): boolean {
  if (part === whole || packageOf(part.type) !== packageOf(whole.type)) return false;
  if (serviceOf(part) !== serviceOf(whole)) return false;
  if (part.id === whole.id || (part.name === whole.name && part.scope === whole.scope)) {
    return part.type.length > whole.type.length;
  }
  const inside = whole.scope !== "" && part.scope.startsWith(whole.scope) && part.scope.endsWith(whole.name);
  return inside || [part.scope, part.id].some((text) => text.split(/[/:@]/).includes(whole.id));
}

// A bucket and a user may have the same name:
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

// Returns the leaves of the environment with that value, preferring those in the resource's own
// section.
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

// Shorter values could occur in any text by chance.
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

// Finds secrets of one stack in the texts of another; one finding per value.
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

// Both know a thing that is used with its owner's credential.
function isLentBy(owner: Occupant, other: Occupant, value: string): boolean {
  const lent = lentThings(owner, other).filter((found) => found.lent.asOwner);
  const resources = lent.map(({ thing }) => thing.resource);
  return owner.texts.some((text) => text.value === value && resources.includes(text.resource));
}

// A whole map is secret if one of its values is; a value that the same stack also shows in plain
// text is not.
function isSecretOf({ texts }: Occupant, value: string): boolean {
  if (value.length < SHORTEST_SECRET) return false;
  const same = texts.filter((text) => text.value === value);
  return same.length > 0 && same.every(({ secret }) => secret);
}

function placeIn({ resource, path }: Text): string {
  return `${resource}: ${path}`;
}

/**
 * Finds references to things that only the other stack makes: by an id or address in a resource, or
 * by a name in its environment.
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

// An id that the vendor generated is unique wherever it appears, and so is a name within an ARN.
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

// A name that is unique at its vendor may be a common word elsewhere, so we look for it only in
// values that a person stated. A value that names a thing outside, such as a repository, can only
// refer to things of that vendor.
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

// Matches the name itself, or a vendor's address or ARN that begins or ends with it, but not a host
// that happens to contain it.
function refersTo(value: string, name: string): boolean {
  const words = value.split(/[^\w.-]+/);
  return words.some((word) => word === name || (word.startsWith(`${name}.`) && VENDORS.test(word)));
}

const VENDORS = /\.(amazonaws\.com|herokuapp\.com|netlify\.app|sentry\.io|cloudamqp\.com)$/;
