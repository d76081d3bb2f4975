import assert from "node:assert/strict";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { EngineClient, EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceRequest, GetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import { test } from "vitest";
import { cleanUp } from "../support/cleanup";
import "../../stagewright/rehearsal/inline-program";

const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings") as {
  grpcClientOptions: grpc.ClientOptions;
};

test("a program reaches an engine that listens where a killed one did", async () => {
  const killed = await engine();
  const lost = client(killed.port);
  await asked(lost);
  killed.server.forceShutdown();
  await assert.rejects(asked(lost), { code: grpc.status.UNAVAILABLE });

  const next = await engine(killed.port);
  await asked(client(next.port));
});

async function engine(port = 0): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server();
  cleanUp(() => server.forceShutdown());
  const getRootResource: grpc.handleUnaryCall<GetRootResourceRequest, GetRootResourceResponse> = (
    _,
    callback,
  ) => callback(null, new GetRootResourceResponse());
  server.addService(EngineService, { getRootResource });
  const bind = promisify(server.bindAsync.bind(server));
  return { server, port: await bind(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure()) };
}

// As Pulumi's SDK makes one.
function client(port: number): EngineClient {
  const made = new EngineClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), grpcClientOptions);
  cleanUp(() => made.close());
  return made;
}

function asked(one: EngineClient): Promise<unknown> {
  return new Promise((resolve, reject) => {
    one.getRootResource(new GetRootResourceRequest(), (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
}
