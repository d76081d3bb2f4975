import { randomBytes } from "node:crypto";
import type { CloudStore } from "../../store";
import { digits } from "../../vendor";
import type { Body, Kind, NetlifyStore } from "./store";

/**
 * Netlify's objects in the rehearsal cloud, among all others: each is a thing of type
 * `netlify:<kind>`.
 */
export class NetlifyInCloud implements NetlifyStore {
  constructor(readonly cloud: CloudStore) {}

  get(kind: Kind, id: string): Body | undefined {
    return this.cloud.get(typeOf(kind), id)?.properties;
  }

  put(kind: Kind, id: string, body: Body): void {
    const name = kind === "site" ? String(body.name) : id;
    this.cloud.put({
      type: typeOf(kind),
      id,
      account: "netlify",
      scope: "",
      name,
      properties: body,
      written: body,
    });
  }

  remove(kind: Kind, id: string): void {
    this.cloud.remove(typeOf(kind), id);
  }

  list(kind: Kind): Body[] {
    return this.cloud.list(typeOf(kind)).map(({ properties }) => properties);
  }

  everHeld(kind: Kind, id: string): boolean {
    return this.cloud.everHeld(typeOf(kind), id);
  }

  // A recreated site or deploy key is a new one, even with the same name; all other ids follow from
  // the parent.
  draw(...parts: string[]): string {
    const [kind = ""] = parts;
    return ["site", "deployKey"].includes(kind)
      ? randomBytes(16).toString("hex")
      : digits(32, "netlify", ...parts);
  }

  transaction<T>(step: () => T): T {
    return this.cloud.transaction(step);
  }
}

/** Adds a Netlify team to the cloud if it is missing. */
export function seedNetlifyAccount(cloud: CloudStore, slug: string): void {
  const id = digits(24, "netlify", "account", slug);
  const body = { id, slug, name: slug };
  if (!cloud.get(typeOf("account"), id)) new NetlifyInCloud(cloud).put("account", id, body);
}

function typeOf(kind: Kind): string {
  return `netlify:${kind}`;
}
