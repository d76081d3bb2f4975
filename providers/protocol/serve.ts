import * as grpc from "@grpc/grpc-js";
import * as pluginpb from "@pulumi/pulumi/proto/plugin_pb";
import * as grpcpb from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { diffProperties } from "./diff";
import { type Listening, listen } from "./listen";
import {
  type CheckFailure,
  type DiffKind,
  PartialFailure,
  type Provider,
  ProviderError,
  type ProviderSession,
  type ResourceRef,
} from "./provider";
import { fromConfig, fromStruct, toStruct } from "./values";

/**
 * Serves a provider to any number of engines. Each connection is configured separately and has its
 * own session.
 */
export function serve(provider: Provider): Promise<Listening> {
  return listen(grpcpb.ResourceProviderService, handlers(provider));
}

interface Call<Request> {
  request: Request;
  getPeer(): string;
}

function handlers(provider: Provider): grpc.UntypedServiceImplementation {
  // One engine may run several instances of a provider (for example two AWS accounts). The requests
  // do not name the instance, but each one has its own connection and so its own peer address.
  const sessions = new Map<string, ProviderSession>();
  const sessionOf = (call: Call<unknown>): ProviderSession => {
    const session = sessions.get(call.getPeer());
    if (!session) throw new ProviderError(`the ${provider.name} provider was used before it was configured`);
    return session;
  };
  const on = <Request, Response>(
    handle: (call: Call<Request>) => Promise<Response>,
  ): grpc.UntypedHandleCall =>
    ((call: Call<Request>, callback: (error: unknown, response?: Response) => void) => {
      handle(call).then(
        (response) => callback(null, response),
        (error) => callback(serviceError(error)),
      );
    }) as unknown as grpc.UntypedHandleCall;
  const unimplemented = on<unknown, never>(() =>
    Promise.reject(Object.assign(new Error("not implemented"), { code: grpc.status.UNIMPLEMENTED })),
  );

  return {
    handshake: on(async () => new pb.ProviderHandshakeResponse()),
    parameterize: unimplemented,
    getSchema: unimplemented,
    construct: unimplemented,
    call: unimplemented,
    streamInvoke: unimplemented,
    getMapping: on(async () => new pb.GetMappingResponse()),
    getMappings: on(async () => new pb.GetMappingsResponse()),
    list: unimplemented,
    cancel: on(async () => new Empty()),
    attach: on(async () => new Empty()),
    getPluginInfo: on(async () => {
      const info = new pluginpb.PluginInfo();
      info.setVersion(provider.version);
      return info;
    }),
    checkConfig: on(async ({ request }: Call<pb.CheckRequest>) => {
      const failures = (await provider.checkConfig?.(fromConfig(request.getNews()))) ?? [];
      // Returned unchanged, so that secrets stay wrapped.
      return checkResponse(request.getNews() ?? new Struct(), failures);
    }),
    // Answers like the bridged providers: a configuration change updates the provider and replaces
    // none of its resources.
    // https://github.com/pulumi/pulumi-terraform-bridge/blob/master/pkg/tfbridge/provider.go
    // (DiffConfig); no package played here marks a key ForcesProviderReplace, and AWS has not since
    // 7.0 (https://github.com/pulumi/pulumi-aws/pull/5656).
    diffConfig: on(async ({ request }: Call<pb.DiffRequest>) => {
      const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
      return diffResponse(diffProperties(olds, news, () => false, request.getIgnorechangesList()));
    }),
    configure: on(async (call: Call<pb.ConfigureRequest>) => {
      sessions.set(call.getPeer(), await provider.open(fromConfig(call.request.getArgs())));
      const response = new pb.ConfigureResponse();
      response.setSupportspreview(true);
      return response;
    }),
    check: on(async (call: Call<pb.CheckRequest>) => {
      const { request } = call;
      const news = fromStruct(request.getNews());
      const { inputs, failures } = await sessionOf(call).check(
        ref(request),
        news,
        fromStruct(request.getOlds()),
      );
      return checkResponse(toStruct(inputs), failures);
    }),
    diff: on(async (call: Call<pb.DiffRequest>) => {
      const { request } = call;
      const diff = await sessionOf(call).diff(
        ref(request),
        request.getId(),
        fromStruct(request.getOldInputs()),
        fromStruct(request.getNews()),
        request.getIgnorechangesList(),
        fromStruct(request.getOlds()),
      );
      return diffResponse(diff.changes, diff.deleteBeforeReplace);
    }),
    create: on(async (call: Call<pb.CreateRequest>) => {
      const { request } = call;
      const inputs = fromStruct(request.getProperties());
      const created = await sessionOf(call).create(ref(request), inputs, request.getPreview());
      const response = new pb.CreateResponse();
      response.setId(created.id);
      response.setProperties(toStruct(created.state));
      return response;
    }),
    read: on(async (call: Call<pb.ReadRequest>) => {
      const { request } = call;
      const inputs = fromStruct(request.getInputs());
      const read = await sessionOf(call).read(
        ref(request),
        request.getId(),
        inputs,
        fromStruct(request.getProperties()),
      );
      const response = new pb.ReadResponse();
      if (!read) return response; // an empty id tells the engine that the resource does not exist
      response.setId(read.id);
      response.setInputs(toStruct(read.inputs));
      response.setProperties(toStruct(read.state));
      return response;
    }),
    update: on(async (call: Call<pb.UpdateRequest>) => {
      const { request } = call;
      const state = await sessionOf(call).update(
        ref(request),
        request.getId(),
        fromStruct(request.getOlds()),
        fromStruct(request.getNews()),
        request.getPreview(),
      );
      const response = new pb.UpdateResponse();
      response.setProperties(toStruct(state));
      return response;
    }),
    delete: on(async (call: Call<pb.DeleteRequest>) => {
      const { request } = call;
      await sessionOf(call).delete(ref(request), request.getId(), fromStruct(request.getProperties()));
      return new Empty();
    }),
    invoke: on(async (call: Call<pb.InvokeRequest>) => {
      const { request } = call;
      const response = new pb.InvokeResponse();
      response.setReturn(
        toStruct(await sessionOf(call).invoke(request.getTok(), fromStruct(request.getArgs()))),
      );
      return response;
    }),
  };
}

function ref(request: { getUrn(): string; getType(): string; getName(): string }): ResourceRef {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

function checkResponse(inputs: Struct, failures: CheckFailure[]): pb.CheckResponse {
  const response = new pb.CheckResponse();
  response.setInputs(inputs);
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new pb.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

const DIFF_KINDS: Record<DiffKind, pb.PropertyDiff.Kind> = {
  add: pb.PropertyDiff.Kind.ADD,
  "add-replace": pb.PropertyDiff.Kind.ADD_REPLACE,
  delete: pb.PropertyDiff.Kind.DELETE,
  "delete-replace": pb.PropertyDiff.Kind.DELETE_REPLACE,
  update: pb.PropertyDiff.Kind.UPDATE,
  "update-replace": pb.PropertyDiff.Kind.UPDATE_REPLACE,
};

function diffResponse(changes: Record<string, DiffKind>, deleteBeforeReplace = false): pb.DiffResponse {
  const response = new pb.DiffResponse();
  const entries = Object.entries(changes);
  const root = (path: string) => path.replace(/[.[].*$/s, "");
  response.setChanges(
    entries.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDiffsList([...new Set(entries.map(([path]) => root(path)))]);
  response.setReplacesList([
    ...new Set(entries.filter(([, kind]) => kind.endsWith("replace")).map(([path]) => root(path))),
  ]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const [path, kind] of entries) {
    const diff = new pb.PropertyDiff();
    diff.setKind(DIFF_KINDS[kind]);
    diff.setInputdiff(true);
    response.getDetaileddiffMap().set(path, diff);
  }
  return response;
}

function serviceError(error: unknown): Partial<grpc.ServiceError> {
  if (error instanceof PartialFailure) return initFailed(error);
  const known = error instanceof ProviderError;
  const message =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  return { code: typeof code === "number" ? code : grpc.status.UNKNOWN, details: message, message };
}

// The engine reads a half-created resource from a detail of the gRPC status, in the trailer
// `grpc-status-details-bin`.
function initFailed(error: PartialFailure): Partial<grpc.ServiceError> {
  const detail = new pb.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.state));
  detail.setInputs(toStruct(error.inputs));
  detail.setReasonsList([error.message]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: error.message, message: error.message, metadata };
}
