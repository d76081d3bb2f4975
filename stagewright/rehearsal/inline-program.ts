import type * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { listen } from "../../providers/protocol/listen";

/** A Pulumi program as a function: what `index.ts` exports. Its result are the stack's outputs. */
export type Program = () => Promise<unknown> | unknown;

// The Automation API's own host of inline programs. It is used directly, because the Automation API
// follows every update with three more runs of the CLI, which take longer than the update. Its
// types are internal: stated here.
const { LanguageServer } = require("@pulumi/pulumi/automation/server") as {
  LanguageServer: new (program: Program) => grpc.UntypedServiceImplementation;
};

// An engine may listen where a killed one did. Connections are shared by address within a process,
// so that its program would be given the broken one: the clients that reach an engine share none.
// https://grpc.github.io/grpc/core/group__grpc__arg__keys.html
const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings") as {
  grpcClientOptions: grpc.ClientOptions;
};
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

// A program whose engine has ended early is left with calls that nobody answers. They are no defect
// of the program, and what they meant is told by the engine's end: whoever listens for defects
// already, such as a test runner, is told of the others alone.
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

// An error of gRPC, under whatever message the SDK gives it.
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
