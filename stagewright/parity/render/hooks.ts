// The part of the Pulumi runtime that serves a program's hooks to the engine. Not in its types.
const { getStore } = require("@pulumi/pulumi/runtime/state") as {
  getStore: () => { callbacks: unknown };
};

/**
 * Has the runtime take a program's hooks where there is no engine to call them: without it, it
 * waits for one that takes them.
 */
export function takeHooks(): void {
  const taken = async () => {};
  getStore().callbacks = { registerResourceHook: taken, awaitStackRegistrations: taken, shutdown: () => {} };
}
