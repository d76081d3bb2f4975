// The part of the Pulumi runtime that serves a program's hooks to the engine. Not in its types.
const { getStore } = require("@pulumi/pulumi/runtime/state") as {
  getStore: () => { callbacks: unknown };
};

/**
 * Makes the runtime accept a program's hooks without an engine to call them; otherwise it waits for
 * one to register them.
 */
export function takeHooks(): void {
  const taken = async () => {};
  getStore().callbacks = { registerResourceHook: taken, awaitStackRegistrations: taken, shutdown: () => {} };
}
