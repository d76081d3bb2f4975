import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { stopAll } from "./children";
import { dependenciesOf } from "./dependencies";
import { installDependencies } from "./install";
import { requiredPackages, requiredPlugins } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";

/**
 * Adds the engine's language protocol to a server; code generation and packing answer
 * "unimplemented".
 */
export function addLanguageRuntime(server: grpc.Server, engine: string): void {
  const service: grpc.UntypedServiceImplementation = {
    handshake: unary(async () => new pb.LanguageHandshakeResponse()),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
    getRequiredPackages: unary(async (request: pb.GetRequiredPackagesRequest) =>
      new pb.GetRequiredPackagesResponse().setPackagesList(requiredPackages(directoryOf(request))),
    ),
    getRequiredPlugins: unary(async (request: pb.GetRequiredPluginsRequest) =>
      new pb.GetRequiredPluginsResponse().setPluginsList(requiredPlugins(directoryOf(request))),
    ),
    getProgramDependencies: unary(async (request: pb.GetProgramDependenciesRequest) =>
      new pb.GetProgramDependenciesResponse().setDependenciesList(
        dependenciesOf(directoryOf(request))
          .filter(({ direct }) => direct || request.getTransitivedependencies())
          .map(({ name, version }) => new pb.DependencyInfo().setName(name).setVersion(version)),
      ),
    ),
    about: unary(async () =>
      new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
    ),
    run: unary((request: pb.RunRequest, cancelled) => runProgram(request, engine, cancelled)),
    runPlugin: streaming(runPlugin),
    installDependencies: streaming((request: pb.InstallDependenciesRequest, send) =>
      installDependencies(request.getInfo()?.getProgramDirectory() || request.getDirectory(), send),
    ),
    cancel: unary(async () => {
      await stopAll();
      return new Empty();
    }),
  };
  server.addService(LanguageRuntimeService as unknown as grpc.ServiceDefinition, service);
}

function directoryOf(request: { getInfo(): pb.ProgramInfo | undefined }): string {
  return request.getInfo()?.getProgramDirectory() || process.cwd();
}

function unary<Request, Response>(
  handle: (request: Request, cancelled: AbortSignal) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    handle(call.request, cancellation(call)).then(
      (response) => callback(null, response),
      (error: Error) => callback(refusal(error)),
    );
  };
}

function streaming<Request, Response>(
  handle: (request: Request, send: (response: Response) => void, cancelled: AbortSignal) => Promise<void>,
): grpc.handleServerStreamingCall<Request, Response> {
  return (call) => {
    handle(call.request, (response) => call.write(response), cancellation(call)).then(
      () => call.end(),
      (error: Error) => call.emit("error", refusal(error)),
    );
  };
}

function cancellation(call: NodeJS.EventEmitter): AbortSignal {
  const controller = new AbortController();
  call.once("cancelled", () => controller.abort());
  return controller.signal;
}

// The engine shows the message to the user, so it must not contain a stack trace of this host.
function refusal({ message }: Error): Partial<grpc.ServiceError> {
  return { code: grpc.status.UNKNOWN, details: message, message };
}
