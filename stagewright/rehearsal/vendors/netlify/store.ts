import { randomBytes } from "node:crypto";

/** What Netlify keeps. */
export type Kind =
  | "account"
  | "site"
  | "deployKey"
  | "buildHook"
  | "envVar"
  | "certificate"
  | "build"
  | "deploy";

/** An object as the API's JSON has it, and what of it the API does not show. */
export type Body = Record<string, unknown>;

/**
 * Where the rehearsal's Netlify keeps its objects. Bodies are JSON; what is given and got may be
 * changed by nobody else.
 */
export interface NetlifyStore {
  get(kind: Kind, id: string): Body | undefined;
  put(kind: Kind, id: string, body: Body): void;
  remove(kind: Kind, id: string): void;
  /** In a stable order. */
  list(kind: Kind): Body[];
  /** Whether anything had this id, be it gone since. */
  everHeld(kind: Kind, id: string): boolean;
  /**
   * 32 hexadecimal digits for an id: at random, or a function of the parts where runs must be
   * alike.
   */
  draw(...parts: string[]): string;
  /** Runs one request's rules and writes as one step. */
  transaction<T>(step: () => T): T;
}

/** A team to begin with: the API cannot create one for free. */
export interface Account {
  id: string;
  slug: string;
  name: string;
}

/** A store that is gone with the process. */
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
    return this.#of(kind).has(id); // drawn at random
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
 * an id that nothing has or had, in the vendor's form: a UUID for a site, 24 hexadecimal digits (a
 * MongoDB object ID) for the rest.
 */
export function freshId(store: NetlifyStore, kind: Kind, ...parts: string[]): string {
  for (let turn = 0; ; turn++) {
    const hex = store.draw(kind, ...parts, String(turn));
    const id =
      kind === "site" ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : hex.slice(0, 24);
    if (!store.everHeld(kind, id)) return id;
  }
}
