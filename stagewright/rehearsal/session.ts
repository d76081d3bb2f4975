import { isDeepStrictEqual } from "node:util";
import { diffProperties } from "../../providers/protocol/diff";
import {
  type Properties,
  type Provider,
  ProviderError,
  type ProviderSession,
  type ResourceRef,
  Secret,
  UNKNOWN,
} from "../../providers/protocol/provider";
import { resourceType } from "../resources/types";
import { refusedInputs } from "./check";
import { carried, changed, deletesFirst, sidesOf } from "./compare";
import type { Conditions } from "./conditions";
import { refusalIn } from "./refusals";
import type { CloudStore, Thing } from "./store";
import { type Caller, type Kind, type Occasion, uuid, type Vendor } from "./vendor";

/** Serves a vendor of the rehearsal cloud as a provider to the Pulumi engine. */
export function playVendor(vendor: Vendor, store: CloudStore, conditions: Conditions): Provider {
  return {
    name: vendor.name,
    version: vendor.version,
    async open(config) {
      return new Session(vendor, vendor.caller(config), store, conditions);
    },
  };
}

class Session implements ProviderSession {
  constructor(
    readonly vendor: Vendor,
    readonly caller: Caller,
    readonly store: CloudStore,
    readonly conditions: Conditions,
  ) {}

  async check(ref: ResourceRef, news: Properties) {
    const kind = this.#kind(ref.type);
    const inputs = { ...this.vendor.fills?.(kind.facts, this.caller), ...news };
    return { inputs, failures: refusedInputs(ref.type, kind, inputs) };
  }

  async diff(
    ref: ResourceRef,
    _id: string,
    olds: Properties,
    news: Properties,
    ignore: string[],
    state: Properties = {},
  ) {
    const kind = this.#kind(ref.type);
    const { before, after } = sidesOf(kind, olds, news, state);
    const moved = kind.replaces?.(before, after, { things: this.store, caller: this.caller, state });
    const replaces = [...kind.facts.replaces, ...(moved ?? [])];
    const changes = diffProperties(before, after, (path) => replaces.includes(path), ignore);
    // Like the bridged providers: this applies if a property forces the replacement, not if the
    // user requested it.
    const replaced = Object.values(changes).some((change) => change.endsWith("-replace"));
    return { changes, deleteBeforeReplace: replaced && deletesFirst(kind, after) };
  }

  async create(ref: ResourceRef, inputs: Properties, preview: boolean) {
    const kind = this.#kind(ref.type);
    if (preview) return { id: "", state: this.#foreseen(kind, inputs) };
    return this.conditions.during({ type: ref.type, operation: "create", kind }, () => {
      const thing = this.store.transaction(() => this.#make(kind, ref, inputs));
      return { id: thing.id, state: shown(kind, { ...thing.properties, ...unheld(kind, inputs) }) };
    });
  }

  async read(ref: ResourceRef, id: string, inputs: Properties, state: Properties) {
    const kind = this.#kind(ref.type);
    return this.conditions.during({ type: ref.type, operation: "read", kind }, () => {
      if (kind.forgotten) return { id, state: shown(kind, state), inputs };
      const thing = this.store.get(ref.type, id, this.caller.account);
      if (!thing) return undefined;
      const held = { ...thing.properties, ...kind.seen?.(this.store, thing, { ...inputs, ...state }) };
      const imported = Object.keys(inputs).length === 0 && Object.keys(state).length === 0;
      const seen = [...kind.facts.required, ...kind.facts.optional].filter(
        (property) =>
          held[property] !== undefined &&
          (imported || property in inputs || !isDeepStrictEqual(held[property], thing.written[property])),
      );
      return {
        id,
        state: shown(kind, { ...held, ...shownOnce(kind, state), ...unheld(kind, state) }),
        inputs: {
          ...Object.fromEntries(seen.map((property) => [property, held[property]])),
          ...unheld(kind, inputs),
        },
      };
    });
  }

  async update(ref: ResourceRef, id: string, olds: Properties, news: Properties, preview: boolean) {
    const kind = this.#kind(ref.type);
    if (preview) {
      mayChange(kind, this.store.get(ref.type, id, this.caller.account)?.properties ?? olds, news);
      return { ...this.#foreseen(kind, carried(kind, olds, news)), ...outputsOf(kind, olds) };
    }
    return this.conditions.during({ type: ref.type, operation: "update", kind }, () => {
      const thing = this.store.transaction(() => this.#change(kind, ref, id, news));
      return shown(kind, { ...thing.properties, ...shownOnce(kind, olds), ...unheld(kind, news) });
    });
  }

  async delete(ref: ResourceRef, id: string) {
    const kind = this.#kind(ref.type);
    await this.conditions.during({ type: ref.type, operation: "delete", kind }, () =>
      this.store.transaction(() => {
        const thing = this.store.get(ref.type, id, this.caller.account);
        if (!thing) return; // already gone, so the delete has succeeded
        kind.mayDelete?.(this.store, thing, this.caller);
        this.store.remove(ref.type, id, this.caller.account);
        kind.after?.(this.store, "delete", thing);
      }),
    );
  }

  async invoke(token: string, args: Properties) {
    const call = this.vendor.functions?.[token];
    if (!call) {
      throw new ProviderError(
        `the rehearsal cloud does not know the function ${token} of ${this.vendor.name}`,
      );
    }
    return call(args, this.caller, this.store);
  }

  #kind(type: string): Kind {
    const kind = this.vendor.kinds[resourceType(type)];
    if (!kind) throw new ProviderError(`the rehearsal cloud does not know the resource type ${type}`);
    return kind;
  }

  #make(kind: Kind, ref: ResourceRef, inputs: Properties): Thing {
    const occasion = this.#occasion(kind, ref, inputs);
    const { name, scope = this.caller.account } = kind.identity(occasion);
    kind.rules?.(occasion);
    const there = this.store.named(ref.type, scope, name);
    if (there && kind.forgotten) this.store.remove(ref.type, there.id, there.account);
    const overwritten = kind.overwrites?.(occasion) ? there : undefined;
    const namesake = overwritten || kind.forgotten ? undefined : there;
    if (namesake && !kind.namesakes) {
      throw new ProviderError(`${ref.type} '${name}' already exists at ${this.vendor.name}`);
    }
    const id =
      overwritten?.id ?? kind.id?.(occasion, name, scope) ?? uuid(ref.type, scope, name, ...occasion.again);
    // From now on the name finds the new one.
    if (namesake) this.store.put({ ...namesake, name: `${name} ${namesake.id}` });
    const properties = {
      ...kind.defaults?.(occasion),
      ...inputs,
      ...kind.outputs?.(occasion, id),
      ...kind.derived?.(occasion, id),
    };
    for (const property of kind.writeOnly ?? []) delete properties[property];
    const thing = {
      type: ref.type,
      id,
      account: this.caller.account,
      scope,
      name,
      properties,
      written: properties,
      maker: ref.urn,
    };
    this.store.put(thing);
    kind.after?.(this.store, "create", thing);
    return this.store.get(ref.type, id, this.caller.account) ?? thing;
  }

  #change(kind: Kind, ref: ResourceRef, id: string, stated: Properties): Thing {
    const existing = this.store.get(ref.type, id, this.caller.account);
    if (!existing)
      throw new ProviderError(`${ref.type} '${id}' does not exist any more at ${this.vendor.name}`);
    const inputs = changed(kind, existing.properties, stated);
    const occasion = this.#occasion(kind, ref, inputs, id);
    const { name: wanted, scope = this.caller.account } = kind.identity(occasion);
    kind.rules?.(occasion, existing);
    mayChange(kind, existing.properties, inputs);
    const other = this.store.named(ref.type, scope, wanted);
    const taken = other !== undefined && other.id !== id;
    const name = taken ? existing.name : wanted;
    if (taken && !kind.namesakes) {
      throw new ProviderError(`${ref.type} '${wanted}' already exists at ${this.vendor.name}`);
    }
    const properties = {
      ...outputsOf(kind, existing.properties),
      ...kind.defaults?.(occasion),
      ...inputs,
      ...kind.derived?.(occasion, id),
    };
    for (const property of kind.writeOnly ?? []) delete properties[property];
    const thing = { ...existing, name, scope, properties, written: properties };
    this.store.put(thing);
    kind.after?.(this.store, "update", thing);
    return this.store.get(ref.type, id, this.caller.account) ?? thing;
  }

  // Returns the outputs that a preview can show: the inputs, and unknown values for the rest.
  #foreseen(kind: Kind, inputs: Properties): Properties {
    const unknown = [...kind.facts.computed, ...kind.facts.optional].filter(
      (property) => !(property in inputs),
    );
    return { ...Object.fromEntries(unknown.map((property) => [property, UNKNOWN])), ...inputs };
  }

  #occasion(kind: Kind, ref: ResourceRef, inputs: Properties, id?: string): Occasion {
    const occasion = { things: this.store, caller: this.caller, inputs, urn: ref.urn, id, again: [] };
    const { name, scope = this.caller.account } = kind.identity(occasion);
    const earlier = this.store.earlier(ref.type, scope, name, id);
    return { ...occasion, again: earlier === 0 ? [] : [String(earlier)] };
  }
}

function mayChange(kind: Kind, before: Properties, after: Properties): void {
  const refusal = refusalIn(kind, before, after);
  if (refusal) throw new ProviderError(`${refusal.says} ${refusal.instead}`);
}

function outputsOf(kind: Kind, state: Properties): Properties {
  return Object.fromEntries(
    kind.facts.computed
      .filter((property) => property in state)
      .map((property) => [property, state[property]]),
  );
}

// Values that the vendor returned at creation and never again, from the engine's state.
function shownOnce({ once = [] }: Kind, known: Properties): Properties {
  return Object.fromEntries(once.map((property) => [property, known[property]]));
}

// Values that the vendor never returns, from the engine's state.
function unheld({ writeOnly = [] }: Kind, known: Properties): Properties {
  return Object.fromEntries(
    writeOnly.filter((property) => property in known).map((property) => [property, known[property]]),
  );
}

function shown(kind: Kind, properties: Properties): Properties {
  const marked = kind.facts.secrets.filter(
    (property) => properties[property] !== undefined && !(properties[property] instanceof Secret),
  );
  return {
    ...properties,
    ...Object.fromEntries(marked.map((property) => [property, new Secret(properties[property])])),
  };
}
