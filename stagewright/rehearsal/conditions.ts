import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "../../providers/protocol/provider";
import { RESOURCE_TYPES } from "../resources/types";
import type { Kind } from "./vendor";

/** An operation that takes time at a vendor and may fail. */
export type Operation = "create" | "read" | "update" | "delete";

/** One injected failure: the `nth` operation of that kind on a matching type. */
export interface Failure {
  /** A type token (`heroku:app/app:App`), its last part (`App`), or `*`. */
  type: string;
  operation: Operation;
  /** Counted from 1. */
  nth: number;
  /**
   * The effect. `lost`: the vendor carries the operation out, but its answer never arrives.
   * `crash`: the vendor carries it out, and the engine is killed before it can record that. Any
   * other text: the vendor refuses with it.
   */
  error: string;
}

/** The conditions in the rehearsal cloud: how long the vendors take and where they fail. */
export class Conditions {
  readonly #seen = new Map<Failure, number>();

  constructor(
    readonly options: {
      /** `realistic`: each operation takes as long as at the vendor. Default: no delay. */
      latency?: "none" | "realistic";
      failures?: readonly Failure[];
      /** Kills the engine immediately, for the failure `crash`. */
      crash?: () => void;
    } = {},
  ) {}

  /** Runs an operation under these conditions. */
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
      return new Promise<never>(() => {}); // the caller has been killed
    }
    throw new ProviderError(`${failure.error} (injected failure of ${what.type} ${what.operation})`);
  }

  /** Returns the injected failures that matched no operation. */
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

/** Whether the type of a failure exists; otherwise the failure could never happen. */
export function isOfKnownType({ type }: Failure): boolean {
  return RESOURCE_TYPES.some((known) => matches(type, known));
}

function matches(wanted: string, type: string): boolean {
  return wanted === "*" || wanted === type || wanted === type.split(":").at(-1);
}

const OPERATIONS: readonly string[] = ["create", "read", "update", "delete"] satisfies Operation[];

/**
 * Parses `TYPE:OPERATION:NTH[:ERROR]`, for example
 * `heroku:formation/formation:Formation:create:2:503 try again`. A type token contains colons, so
 * the text is split at the operation. `undefined` for any other form.
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
