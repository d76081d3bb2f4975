import type * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { listen } from "../../providers/protocol/listen";

/**
 * A Pulumi program as a function: the export of `index.ts`. Its result becomes the stack's outputs.
 */
export type Program = () => Promise<unknown> | unknown;

// The Automation API's host of inline programs. It is used directly because the Automation API runs
// the CLI three more times after every update, which takes longer than the update. Its types are
// internal, so they are declared here.
const { LanguageServer } = require("@pulumi/pulumi/automation/server") as {
  LanguageServer: new (program: Program) => grpc.UntypedServiceImplementation;
};

// A new engine may listen at the address of a killed one. gRPC shares connections by address within
// a process, which would give the new program the broken connection, so clients of the engine share
// none. https://grpc.github.io/grpc/core/group__grpc__arg__keys.html
const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings") as {
  grpcClientOptions: grpc.ClientOptions;
};
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

// A program whose engine exits early keeps calls that nobody answers. These are not bugs of the
// program, and the engine's exit already reports the cause. Existing listeners for unhandled
// errors, such as a test runner's, receive only the others.
let watching = false;
function passOverLostCalls(): void {
  if (watching) return;
  watching = true;
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason, promise) => {
    if (isLostCall(reason)) return;
    if (others.length === 0) throw reason;
    for (const listener of others) listener(reason, promise);
  });
}

// Whether an error is gRPC's, under any message that the SDK gives it.
function isLostCall(reason: unknown): boolean {
  const { code, details } = (reason ?? {}) as { code?: unknown; details?: unknown };
  return typeof code === "number" && typeof details === "string";
}

/** Serves a program that runs in this process to one engine. */
export async function serveProgram(program: Program): Promise<{ address: string; stop(): void }> {
  passOverLostCalls();
  const { port, stop } = await listen(LanguageRuntimeService, new LanguageServer(program));
  return { address: `127.0.0.1:${port}`, stop };
}
