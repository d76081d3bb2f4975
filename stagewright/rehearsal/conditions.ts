import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "../../providers/protocol/provider";
import { RESOURCE_TYPES } from "../resources/types";
import type { Kind } from "./vendor";

/** An operation that takes time at a vendor and may fail. */
export type Operation = "create" | "read" | "update" | "delete";

/** One injected failure: the `nth` operation of that kind on a type that matches. */
export interface Failure {
  /** A type token (`heroku:app/app:App`), its last part (`App`), or `*`. */
  type: string;
  operation: Operation;
  /** Counted from 1. */
  nth: number;
  /**
   * What happens. `lost`: the vendor does it, but its answer never arrives. `crash`: the vendor
   * does it, and the engine is killed before it can record that. Anything else: the vendor refuses
   * with these words.
   */
  error: string;
}

/** The weather over the rehearsal cloud: how long the vendors take and where they fail. */
export class Conditions {
  readonly #seen = new Map<Failure, number>();

  constructor(
    readonly options: {
      /** `realistic`: each operation takes the time that the vendor takes. Default: none. */
      latency?: "none" | "realistic";
      failures?: readonly Failure[];
      /** Kills the engine at once, for the failure `crash`. */
      crash?: () => void;
    } = {},
  ) {}

  /** Carries an operation out under these conditions. */
  async during<T>(
    what: { type: string; operation: Operation; kind?: Kind },
    act: () => T | Promise<T>,
  ): Promise<T> {
    await this.#take(what.operation, what.kind);
    const failure = this.#due(what.type, what.operation);
    if (!failure) return act();
    if (failure.error === "lost") {
      await act();
      throw new ProviderError(
        `the vendor's answer was lost (injected failure of ${what.type} ${what.operation})${what.operation === "create" ? ": it may exist all the same; run `stagewright recover` before the next up, so that it is not made twice" : ""}`,
      );
    }
    if (failure.error === "crash") {
      await act();
      this.options.crash?.();
      return new Promise<never>(() => {}); // nobody is left to answer
    }
    throw new ProviderError(`${failure.error} (injected failure of ${what.type} ${what.operation})`);
  }

  /** The injected failures that have met no operation. */
  unmet(): Failure[] {
    return (this.options.failures ?? []).filter((failure) => (this.#seen.get(failure) ?? 0) < failure.nth);
  }

  async #take(operation: Operation, kind: Kind | undefined): Promise<void> {
    if (this.options.latency !== "realistic") return;
    const seconds = operation === "read" ? 0.2 : (kind?.latency?.[operation] ?? 0.6);
    await sleep(seconds * 1000);
  }

  #due(type: string, operation: Operation): Failure | undefined {
    for (const failure of this.options.failures ?? []) {
      if (failure.operation !== operation || !matches(failure.type, type)) continue;
      const count = (this.#seen.get(failure) ?? 0) + 1;
      this.#seen.set(failure, count);
      if (count === failure.nth) return failure;
    }
    return undefined;
  }
}

/** Whether a failure is of a type that there is: a failure of any other could never happen. */
export function isOfKnownType({ type }: Failure): boolean {
  return RESOURCE_TYPES.some((known) => matches(type, known));
}

function matches(wanted: string, type: string): boolean {
  return wanted === "*" || wanted === type || wanted === type.split(":").at(-1);
}

const OPERATIONS: readonly string[] = ["create", "read", "update", "delete"] satisfies Operation[];

/**
 * Reads `TYPE:OPERATION:NTH[:ERROR]`, for example
 * `heroku:formation/formation:Formation:create:2:503 try again`. A type token has colons of its
 * own, so the operation is what the text is split at. `undefined` where it is not of that form.
 */
export function parseFailure(text: string): Failure | undefined {
  const match =
    /^(?<type>.+?):(?<operation>create|read|update|delete):(?<nth>[1-9]\d*)(?::(?<error>.+))?$/s.exec(text);
  const { type, operation, nth, error } = match?.groups ?? {};
  if (type === undefined || operation === undefined || !OPERATIONS.includes(operation)) return undefined;
  return {
    type,
    operation: operation as Operation,
    nth: Number(nth),
    error: error ?? "503 Service Unavailable",
  };
}
