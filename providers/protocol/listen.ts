import * as grpc from "@grpc/grpc-js";

/** A gRPC service that listens on the loopback until it is stopped. */
export interface Listening {
  port: number;
  stop(): void;
}

/**
 * Serves one of Pulumi's gRPC services. Message sizes are unlimited because a state can be large.
 */
export async function listen(
  service: unknown,
  implementation: grpc.UntypedServiceImplementation,
): Promise<Listening> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(service as grpc.ServiceDefinition, implementation);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, stop: () => server.forceShutdown() };
}
