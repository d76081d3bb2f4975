import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { Deployed } from "./deployed";

/** The parts that an environment can have. */
export type Role = "gui" | "api" | "database" | "broker" | "bucket" | "errors" | "dns";

/** One thing that is known about a component. */
export interface Fact {
  /** `host`, `plan`, or the name of a process type. */
  label: string;
  value: string;
  /** Where the environment states it, or what it is made from. */
  path: readonly string[];
  /** Drawn only where it differs; listed in any case. */
  detail?: true;
  /** A name or an address: two environments that share nothing cannot have the same. */
  identity?: true;
}

/**
 * What must be seen at first sight. `protected`: the engine refuses to delete it. `public`: anybody
 * may read it.
 */
export type Mark = "protected" | "public";

/** One component of an environment as the engine made it. */
export interface Component {
  role: Role;
  /** Who runs it: `Heroku`, `Amazon S3`. */
  vendor: string;
  /** What the vendor knows it by. */
  name: Fact;
  /** In the order in which they are read. */
  facts: Fact[];
  marks: Mark[];
}

/**
 * Reads one component from what an environment states and what the engine made of it; `undefined`
 * where there is none.
 */
export type Reader = (spec: EnvironmentSpec, deployed: Deployed) => Component | undefined;

/** A fact, or nothing where there is no value. */
export function fact(label: string, value: unknown, path: readonly string[]): Fact[] {
  if (value === undefined || value === null || value === "") return [];
  return [{ label, value: String(value), path }];
}

/** What the vendor knows a component by. */
export function nameFact(label: string, value: unknown, path: readonly string[]): Fact {
  return { label, value: String(value), path, identity: true };
}

/** A name or an address. */
export function identity(label: string, value: unknown, path: readonly string[]): Fact[] {
  return fact(label, value, path).map((found) => ({ ...found, identity: true }));
}

/** A fact that is drawn only where it differs between environments. */
export function detail(label: string, value: unknown, path: readonly string[]): Fact[] {
  return fact(label, value, path).map((found) => ({ ...found, detail: true }));
}

/** An AWS account as it is known to people and to AWS: `sponsored 769362853226`. */
export function accountFact({ accounts }: EnvironmentSpec, name: string, path: readonly string[]): Fact[] {
  return fact("account", [name, accounts[name]?.id].filter(Boolean).join(" "), path);
}
