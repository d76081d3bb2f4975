import { randomBytes } from "node:crypto";

/** The kinds of objects that Netlify stores. */
export type Kind =
  | "account"
  | "site"
  | "deployKey"
  | "buildHook"
  | "envVar"
  | "certificate"
  | "build"
  | "deploy";

/** An object in the API's JSON, and the fields that the API hides. */
export type Body = Record<string, unknown>;

/**
 * The storage of the rehearsal's Netlify. Bodies are JSON; callers must not modify objects after
 * passing or receiving them.
 */
export interface NetlifyStore {
  get(kind: Kind, id: string): Body | undefined;
  put(kind: Kind, id: string, body: Body): void;
  remove(kind: Kind, id: string): void;
  /** In a stable order. */
  list(kind: Kind): Body[];
  /** Whether anything ever had this id, even if it is gone. */
  everHeld(kind: Kind, id: string): boolean;
  /**
   * Returns 32 hexadecimal digits for an id: random, or a function of the parts if runs must be
   * alike.
   */
  draw(...parts: string[]): string;
  /** Runs one request's rules and writes as one transaction. */
  transaction<T>(step: () => T): T;
}

/** A team to start with: the API cannot create a free one. */
export interface Account {
  id: string;
  slug: string;
  name: string;
}

/** A store in memory, gone with the process. */
export class MemoryStore implements NetlifyStore {
  readonly #bodies = new Map<Kind, Map<string, string>>();

  constructor(accounts: readonly Account[] = []) {
    for (const account of accounts) this.put("account", account.id, { ...account });
  }

  get(kind: Kind, id: string): Body | undefined {
    const text = this.#of(kind).get(id);
    return text === undefined ? undefined : JSON.parse(text);
  }

  put(kind: Kind, id: string, body: Body): void {
    this.#of(kind).set(id, JSON.stringify(body));
  }

  remove(kind: Kind, id: string): void {
    this.#of(kind).delete(id);
  }

  list(kind: Kind): Body[] {
    return [...this.#of(kind).values()].map((text) => JSON.parse(text));
  }

  everHeld(kind: Kind, id: string): boolean {
    return this.#of(kind).has(id); // random
  }

  draw(): string {
    return randomBytes(16).toString("hex");
  }

  transaction<T>(step: () => T): T {
    return step();
  }

  #of(kind: Kind): Map<string, string> {
    const bodies = this.#bodies.get(kind) ?? new Map<string, string>();
    this.#bodies.set(kind, bodies);
    return bodies;
  }
}

/**
 * Returns an id that was never used, in the vendor's format: a UUID for a site, 24 hexadecimal
 * digits (a MongoDB object ID) for the rest.
 */
export function freshId(store: NetlifyStore, kind: Kind, ...parts: string[]): string {
  for (let turn = 0; ; turn++) {
    const hex = store.draw(kind, ...parts, String(turn));
    const id =
      kind === "site" ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : hex.slice(0, 24);
    if (!store.everHeld(kind, id)) return id;
  }
}
