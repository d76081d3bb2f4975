/**
 * The Node language host for a Pulumi engine that came without one. The engine starts it with its
 * own address as an argument; the host prints the port that it listens on, and runs Node programs,
 * providers and policy packs through `@pulumi/pulumi`.
 */
import * as grpc from "@grpc/grpc-js";
import { stopAll } from "./children";
import { addLanguageRuntime } from "./service";

const PARENT_CHECK_MS = 1_000;

async function main(): Promise<void> {
  // The engine may put flags for logging and tracing before its address.
  const engine = process.argv.slice(2).findLast((argument) => /^\S+:\d+$/.test(argument)) ?? "";
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  addLanguageRuntime(server, engine);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  process.stdout.write(`${port}\n`);

  const leave = () => void stopAll().then(() => process.exit(0));
  process.on("SIGINT", leave); // how the engine ends it
  process.on("SIGTERM", leave);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave(); // the engine was killed
  }, PARENT_CHECK_MS).unref();
}

void main();
