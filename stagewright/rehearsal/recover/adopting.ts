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

/** What became of the resources that a program declares and a state lacks, by URN. */
export interface Adoption {
  /** What exists, and can be recorded as it is. */
  found: Map<string, Existing>;
  /**
   * What cannot be recorded: it does not exist, more than one could be meant, or a secret of it is
   * lost. The engine has recorded a stand-in.
   */
  unfit: Map<string, Existing & { why: "absent" | "unclear" | "secret lost" }>;
  /** What no vendor remembers, and could be read nowhere: drawn anew. */
  drawn: Map<string, { type: string }>;
}

interface Existing {
  type: string;
  /** Those that could be meant. */
  ids: string[];
  providerConfig: Properties;
}

/**
 * The vendors while a state is recovered: whoever asks them to create something gets what is there
 * already, and nothing is made, changed or deleted. So the engine itself records what exists, in
 * its order and with everything that the program says of it.
 *
 * @param clues stand for what is not known, and know what was learned
 * @param recorded what states know already
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
        // A stand-in need not have the form of what it stands for; the preview before has checked
        // what the program states.
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

  // No vendor remembers it: what is drawn now stands for what was drawn once, until that is read
  // where it is used.
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

  // Whether it is what others have been seen to use.
  function agrees({ urn }: ResourceRef, state: Properties): boolean {
    return Object.entries(state).every(([property, value]) => {
      const known = clues.known(urn, property);
      return known === undefined || value === undefined || known === plain(value);
    });
  }

  function standIn({ urn }: ResourceRef, { state }: ResourceState, inputs: Properties): ResourceState {
    const unknown = Object.entries(state).filter(([, value]) => value === UNKNOWN);
    const outputs = unknown.map(([property]) => [property, clues.make(urn, property)]);
    // Programs make numbers of some ids.
    return { id: clues.makeNumber(urn, "id"), state: { ...inputs, ...Object.fromEntries(outputs) } };
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new ProviderError("nothing is changed while a state is recovered"));
}

// What a vendor takes and never gives back is not known to be what it has: the next `up` sets it.
function readable({ type }: ResourceRef, properties: Properties): Properties {
  const { writeOnly = [] } = kindOf(type) ?? {};
  return Object.fromEntries(Object.entries(properties).filter(([property]) => !writeOnly.includes(property)));
}

function plain(value: unknown): string {
  return String(value instanceof Secret ? value.value : value);
}
