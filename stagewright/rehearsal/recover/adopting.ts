import {
  type Properties,
  type Provider,
  ProviderError,
  type ProviderSession,
  type ResourceRef,
  type ResourceState,
  Secret,
  UNKNOWN,
} from "../../../providers/protocol/provider";
import type { Recorded } from "../existing/recorded";
import { accountOf, kindOf } from "../lookup";
import type { CloudStore } from "../store";
import { candidates } from "./candidates";
import type { Clues } from "./clues";

/** The outcome for each resource that a program declares and a state lacks, by URN. */
export interface Adoption {
  /** Resources that exist and can be recorded unchanged. */
  found: Map<string, Existing>;
  /**
   * Resources that cannot be recorded: they do not exist, several match, or one of their secrets is
   * lost. The engine has recorded a placeholder.
   */
  unfit: Map<string, Existing & { why: "absent" | "unclear" | "secret lost" }>;
  /** Values that no vendor stores and that could be read nowhere: generated anew. */
  drawn: Map<string, { type: string }>;
}

interface Existing {
  type: string;
  /** The matching resources. */
  ids: string[];
  providerConfig: Properties;
}

/**
 * Wraps a vendor during a recovery: a create returns the existing resource, and nothing is created,
 * changed or deleted. So the engine itself records the existing resources, in its own order and
 * with all settings of the program.
 *
 * @param clues placeholders for unknown values, and the values learned so far
 * @param recorded the resources that states already contain
 */
export function adopting(
  provider: Provider,
  store: CloudStore,
  clues: Clues,
  adoption: Adoption,
  recorded: Recorded,
): Provider {
  return {
    ...provider,
    async open(providerConfig) {
      const session = await provider.open(providerConfig);
      return {
        // A placeholder may not have the format of the real value; the earlier preview has checked
        // the program's values.
        check: async (...args) => ({ ...(await session.check(...args)), failures: [] }),
        diff: (...args) => session.diff(...args),
        invoke: (...args) => session.invoke(...args),
        create(ref, inputs, preview) {
          if (preview) return session.create(ref, inputs, true);
          if (kindOf(ref.type)?.forgotten) return draw(session, ref, inputs);
          const ids = candidates(store, { ...ref, inputs, providerConfig }, clues);
          return adopt(
            session,
            ref,
            inputs,
            ids.filter((id) => !recorded.manager(ref.type, id, accountOf(ref.type, providerConfig) ?? "")),
            providerConfig,
          );
        },
        read: (ref, id, inputs, state) => session.read(ref, id, readable(ref, inputs), readable(ref, state)),
        update: refuse,
        delete: refuse,
      };
    },
  };

  // No vendor stores it. The new value is a placeholder for the original until that is read from a
  // place that uses it.
  async function draw(
    session: ProviderSession,
    ref: ResourceRef,
    inputs: Properties,
  ): Promise<ResourceState> {
    const made = await session.create(ref, inputs, false);
    const once = kindOf(ref.type)?.once ?? [];
    for (const output of once) {
      const known = clues.known(ref.urn, output);
      if (known === undefined) clues.standsFor(plain(made.state[output]), ref.urn, output);
      else made.state[output] = new Secret(known);
    }
    const recalled = once.length > 0 && once.every((output) => clues.known(ref.urn, output) !== undefined);
    if (recalled) adoption.found.set(ref.urn, { type: ref.type, ids: [made.id], providerConfig: {} });
    else adoption.drawn.set(ref.urn, { type: ref.type });
    return made;
  }

  async function adopt(
    session: ProviderSession,
    ref: ResourceRef,
    inputs: Properties,
    ids: string[],
    providerConfig: Properties,
  ): Promise<ResourceState> {
    const all = await Promise.all(ids.map((id) => session.read(ref, id, readable(ref, inputs), {})));
    const fitting = all
      .filter((one) => one !== undefined)
      .filter(({ id, state }) => agrees(ref, { ...state, id }));
    const [actual, another] = fitting;
    const existing = { type: ref.type, ids: fitting.map(({ id }) => id), providerConfig };
    if (!actual || another) {
      adoption.unfit.set(ref.urn, { ...existing, why: actual ? "unclear" : "absent" });
      return standIn(ref, await session.create(ref, inputs, true), inputs);
    }
    clues.learn(inputs, actual.inputs);
    const once = kindOf(ref.type)?.once ?? [];
    const lost = once.filter((output) => clues.known(ref.urn, output) === undefined);
    if (lost.length > 0 && lost.length === once.length)
      adoption.unfit.set(ref.urn, { ...existing, why: "secret lost" });
    else adoption.found.set(ref.urn, existing);
    const told = once.map((output) => [
      output,
      new Secret(clues.known(ref.urn, output) ?? clues.make(ref.urn, output)),
    ]);
    return { id: actual.id, state: { ...actual.state, ...Object.fromEntries(told) } };
  }

  // Whether it is the one that other resources have been seen to use.
  function agrees({ urn }: ResourceRef, state: Properties): boolean {
    return Object.entries(state).every(([property, value]) => {
      const known = clues.known(urn, property);
      return known === undefined || value === undefined || known === plain(value);
    });
  }

  function standIn({ urn }: ResourceRef, { state }: ResourceState, inputs: Properties): ResourceState {
    const unknown = Object.entries(state).filter(([, value]) => value === UNKNOWN);
    const outputs = unknown.map(([property]) => [property, clues.make(urn, property)]);
    // Programs convert some ids to numbers.
    return { id: clues.makeNumber(urn, "id"), state: { ...inputs, ...Object.fromEntries(outputs) } };
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new ProviderError("nothing is changed while a state is recovered"));
}

// The vendor never returns write-only values, so they are not assumed to match: the next `up` sets
// them.
function readable({ type }: ResourceRef, properties: Properties): Properties {
  const { writeOnly = [] } = kindOf(type) ?? {};
  return Object.fromEntries(Object.entries(properties).filter(([property]) => !writeOnly.includes(property)));
}

function plain(value: unknown): string {
  return String(value instanceof Secret ? value.value : value);
}
