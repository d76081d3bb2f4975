import assert from "node:assert/strict";
import path from "node:path";
import { type Project, readProject, readStack, type StackFiles } from "../../stagewright/project/project";
import {
  type EngineOperation,
  type Outcome,
  Rehearsal,
  type RehearsalOptions,
} from "../../stagewright/rehearsal/run";
import type { DeployedResource } from "../../stagewright/resources/deployment";
import { ROOT, scratch } from "./projects";

/** A project in a rehearsal cloud of its own that is gone after the test file. */
export class Stage {
  readonly project: Project;
  readonly cloud: string;

  constructor(dir: string = ROOT, cloud: string = path.join(scratch(), "cloud.db")) {
    this.project = readProject(dir);
    this.cloud = cloud;
  }

  files(stack: string): StackFiles {
    return readStack(this.project, stack);
  }

  rehearsal(options: Omit<RehearsalOptions, "cloud"> = {}): Rehearsal {
    return new Rehearsal(this.project, { cloud: this.cloud, ...options });
  }

  /** Runs an operation, however it ends. */
  run(
    stack: string,
    operation: EngineOperation,
    options: Omit<RehearsalOptions, "cloud"> = {},
  ): Promise<Outcome> {
    return this.rehearsal(options).run(this.files(stack), operation);
  }

  /** Runs an operation that must succeed, and gives what the engine counted. */
  async done(stack: string, operation: EngineOperation): Promise<Record<string, number>> {
    const { ok, changes, errors } = await this.run(stack, operation);
    assert.ok(ok, errors.join("\n"));
    return changes;
  }

  /** The resources that the stack's state holds, secrets in plain text. */
  async resources(stack: string): Promise<Resources> {
    const { deployment } = await this.rehearsal().exportStack(this.files(stack));
    return new Resources(deployment.resources ?? []);
  }
}

type Inputs = Record<string, unknown>;

/** The resources of a deployment, to be asked about. */
export class Resources {
  constructor(readonly all: readonly DeployedResource[]) {}

  /** All of a type, given by its last part (`Formation`) or as the whole token. */
  of(type: string): DeployedResource[] {
    return this.all.filter((resource) => resource.type === type || resource.type.split(":").at(-1) === type);
  }

  /** The one of a type, or the one whose inputs have these values. */
  one(type: string, inputs: Inputs = {}): DeployedResource & { inputs: Inputs; outputs: Inputs } {
    const found = this.of(type).filter((resource) =>
      Object.entries(inputs).every(([key, value]) => plain(resource.inputs?.[key]) === value),
    );
    assert.equal(found.length, 1, `${found.length} of ${type} ${JSON.stringify(inputs)}`);
    const resource = found[0] as DeployedResource;
    return {
      ...resource,
      inputs: plain(resource.inputs ?? {}) as Inputs,
      outputs: plain(resource.outputs ?? {}) as Inputs,
    };
  }
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value of a deployment with its secrets unwrapped. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const map = value as Inputs;
  if (SIGNATURE in map) return typeof map.plaintext === "string" ? JSON.parse(map.plaintext) : "[secret]";
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, plain(inner)]));
}

/** Whether a value of a deployment is kept as a secret. */
export function isSecret(value: unknown): boolean {
  return value !== null && typeof value === "object" && SIGNATURE in value;
}
