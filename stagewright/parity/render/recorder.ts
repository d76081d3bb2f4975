import type * as requests from "@pulumi/pulumi/proto/resource_pb";
import * as responses from "@pulumi/pulumi/proto/resource_pb";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { registerStackTransformation, runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromStruct, toStruct } from "../../../providers/protocol/values";
import { isTree, type Tree } from "../../environment/merge";
import { type Graph, graphOf, keyOf, type ResourceState } from "../../resources/graph";
import { isSecret, secret } from "../../resources/secrets";
import { resourceType } from "../../resources/types";
import { takeHooks } from "./hooks";
import type { Make } from "./maker";
import { mark } from "./marks";

// Each rendering has its own Pulumi runtime state, as the runtime's inline programs do. Not in its
// types.
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state") as {
  withLocalStorage: <T>(run: () => Promise<T>) => Promise<T>;
};

/** The setting of a rendering. */
export interface Setting {
  project: string;
  stack: string;
  /** The whole config by full key, as the engine passes it. */
  config: Record<string, string>;
  secretKeys: string[];
}

/**
 * Answers the program's call of a provider function; `provider` holds that provider's inputs.
 */
export type Invoke = (token: string, args: Tree, provider: Tree) => Tree;

/**
 * Runs a program without an engine and records what it registers. Every output of a resource is a
 * mark that names the resource and the output (see `marks.ts`), which shows where a value comes
 * from. Throws what the program throws.
 */
export async function record(program: () => unknown, setting: Setting, invoke: Invoke): Promise<Graph> {
  return graphOf(await recordStates(program, setting, invoke));
}

/**
 * Does the same, in the form of a state.
 *
 * @param make makes each resource, so that outputs have a vendor's values; without it they are
 *   marks
 */
export async function recordStates(
  program: () => unknown,
  setting: Setting,
  invoke: Invoke,
  make?: Make,
): Promise<ResourceState[]> {
  const { project, stack, config, secretKeys } = setting;
  return withLocalStorage(async () => {
    const recorder = new Recorder(project, stack, invoke, make);
    await setMocks(recorder.mocks, project, stack); // for the features that it switches on
    setMockOptions(recorder, project, stack, false, "organization");
    takeHooks();
    setAllConfig(config, secretKeys);
    try {
      await runInPulumiStack(async () => {
        registerStackTransformation(({ type, props }) => {
          recorder.properties.set(type, Object.keys(props ?? {}));
          return undefined;
        });
        return program();
      });
    } finally {
      await disconnect();
    }
    return [...recorder.states.values()];
  });
}

type Callback = (error: unknown, response: unknown) => void;

// The part of the engine that a program talks to; it records registrations instead of executing
// them.
class Recorder extends MockMonitor {
  readonly states = new Map<string, ResourceState>();
  /**
   * Returns all properties of a resource type, including outputs: its class states them at every
   * construction.
   */
  readonly properties = new Map<string, string[]>();

  constructor(
    readonly project: string,
    readonly stack: string,
    readonly answer: Invoke,
    readonly make: Make | undefined,
  ) {
    const unused = () => {
      throw new Error("is answered by the recorder itself");
    };
    super({ call: unused, newResource: unused });
  }

  override async registerResource(request: requests.RegisterResourceRequest, callback: Callback) {
    const urn = this.#urn(request);
    const custom = request.getCustom();
    const inputs = withNumbersMarked(request);
    const secretOutputs = request.getAdditionalsecretoutputsList();
    const state: ResourceState = {
      urn,
      type: resourceType(request.getType()),
      custom,
      inputs,
      parent: request.getParent(),
      provider: request.getProvider(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      dependencies: request.getDependenciesList(),
      deletedWith: request.getDeletedwith(),
      replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
      ignoreChanges: request.getIgnorechangesList(),
      additionalSecretOutputs: secretOutputs,
    };
    this.states.set(urn, state);
    if (this.make && custom && !request.getType().startsWith("pulumi:")) {
      await this.#made(state, this.make, request, callback);
      return;
    }
    const response = new responses.RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(custom ? this.#id(urn, request.getType()) : "");
    response.setObject(Struct.fromJavaScript(custom ? this.#outputs(urn, inputs, secretOutputs) : {}));
    callback(null, response);
  }

  override registerResourceOutputs(
    request: requests.RegisterResourceOutputsRequest,
    callback: Callback,
  ): void {
    const state = this.states.get(request.getUrn());
    if (state) state.outputs = request.getOutputs()?.toJavaScript() ?? {};
    callback(null, {});
  }

  override async readResource(request: requests.ReadResourceRequest, callback: Callback) {
    const urn = this.#urn(request);
    const inputs = request.getProperties()?.toJavaScript() ?? {};
    this.states.set(urn, {
      urn,
      type: resourceType(request.getType()),
      custom: true,
      inputs,
      importId: request.getId(),
    });
    const response = new responses.ReadResourceResponse();
    response.setUrn(urn);
    response.setProperties(Struct.fromJavaScript(this.#outputs(urn, inputs, [])));
    callback(null, response);
  }

  override async invoke(request: requests.ResourceInvokeRequest, callback: Callback) {
    try {
      const reference = request.getProvider();
      const provider = this.states.get(reference.slice(0, reference.lastIndexOf("::")));
      const answer = this.answer(
        request.getTok(),
        request.getArgs()?.toJavaScript() ?? {},
        provider?.inputs ?? {},
      );
      const response = new responses.ResourceInvokeResponse();
      response.setReturn(Struct.fromJavaScript(answer as Parameters<typeof Struct.fromJavaScript>[0]));
      callback(null, response);
    } catch (error) {
      callback(error, undefined);
    }
  }

  async #made(
    state: ResourceState,
    make: Make,
    request: requests.RegisterResourceRequest,
    callback: Callback,
  ) {
    try {
      const { urn, type } = state;
      const reference = request.getProvider();
      const provider = this.states.get(reference.slice(0, reference.lastIndexOf("::")));
      const ref = { urn, type, name: request.getName() };
      const made = await make(ref, fromStruct(request.getObject()), provider?.inputs ?? {});
      const outputs = toStruct(made.state);
      state.id = made.id;
      state.outputs = outputs.toJavaScript();
      const response = new responses.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(made.id);
      response.setObject(outputs);
      callback(null, response);
    } catch (error) {
      callback(error, undefined);
    }
  }

  // https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
  #urn(request: { getParent(): string; getType(): string; getName(): string }): string {
    const above = request.getParent().split("::")[2] ?? "";
    const types = above === "" || above === "pulumi:pulumi:Stack" ? [] : [above];
    const path = [...types, request.getType()].join("$");
    return `urn:pulumi:${this.stack}::${this.project}::${path}::${request.getName()}`;
  }

  #id(urn: string, type: string): string {
    return type.startsWith("pulumi:providers:") ? "provider" : mark(keyOf(urn), "id");
  }

  #outputs(urn: string, inputs: Tree, secretOutputs: string[]): Parameters<typeof Struct.fromJavaScript>[0] {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const properties = [...Object.keys(inputs), ...(this.properties.get(type) ?? [])];
    const outputs = properties.map((property) => {
      const input = inputs[property];
      if (input !== undefined && !isText(input)) return [property, input];
      const value = mark(keyOf(urn), property);
      return [property, isSecret(input) || secretOutputs.includes(property) ? secret(value) : value];
    });
    return Object.fromEntries(outputs);
  }
}

// A number that a program parses from a mark is NaN (a droplet's id, for example); the engine gets
// its dependencies separately.
function withNumbersMarked(request: requests.RegisterResourceRequest): Tree {
  const sources = request.getPropertydependenciesMap();
  const inputs: Tree = request.getObject()?.toJavaScript() ?? {};
  return Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => {
      const urns: string[] = sources.get(property)?.getUrnsList() ?? [];
      return [property, inPlaceOfNoNumber(value, urns.map((urn) => mark(keyOf(urn), "number")).join(" "))];
    }),
  );
}

function inPlaceOfNoNumber(value: unknown, marks: string): unknown {
  if (Number.isNaN(value)) return marks;
  if (Array.isArray(value)) return value.map((item) => inPlaceOfNoNumber(item, marks));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inPlaceOfNoNumber(item, marks)]),
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" || (isSecret(value) && isTree(value) && typeof value.value === "string");
}
