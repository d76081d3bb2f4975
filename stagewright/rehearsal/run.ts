import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { DiagnosticEvent } from "@pulumi/pulumi/automation";
import { logicalName } from "../../providers/protocol/names";
import type { Provider } from "../../providers/protocol/provider";
import { ConfigError } from "../environment/problems";
import type { Project } from "../project/project";
import type { Deployment } from "../resources/deployment";
import { Backups } from "./backup";
import { openCloud, type RunningCloud } from "./cloud";
import { Conditions, type Failure } from "./conditions";
import { refuseFullDisk } from "./disk";
import { EngineError } from "./errors";
import { type EngineEvent, receiveEvents } from "./events";
import { type Existing, existingIn, forbids, mayExist } from "./existing/existing";
import { existingText } from "./existing/words";
import { type Program, serveProgram } from "./inline-program";
import { type References, referencesIn, withReferences } from "./references";
import { seed } from "./seed";
import { RehearsalState } from "./state";
import type { CloudStore } from "./store";
import { type RehearsedStack, Workspace } from "./workspace";

/**
 * The engine's operation. `refresh` and `up` change Pulumi's state; only `up` and `destroy` change
 * the cloud.
 */
export type EngineOperation = "up" | "preview" | "refresh" | "destroy";

export interface RehearsalOptions {
  /** The cloud's file. */
  cloud: string;
  latency?: "none" | "realistic";
  failures?: readonly Failure[];
  /** Receives every event of the engine as it happens. */
  onEvent?: (event: EngineEvent) => void;
  /** Receives a description of slow steps before the engine runs. */
  onProgress?: (line: string) => void;
  /** The program. Default: the export of the project's `main`. */
  program?: Program;
  /** Pulumi's state. Default: the one beside the cloud. */
  state?: RehearsalState;
  /** How the vendors behave. Default: normally. */
  as?: (provider: Provider, store: CloudStore) => Provider;
}

export interface Outcome {
  /** Whether the engine succeeded. */
  ok: boolean;
  /**
   * The numbers of created, updated, deleted, replaced and unchanged resources, by the engine's
   * count.
   */
  changes: Record<string, number>;
  events: EngineEvent[];
  /** Errors as the engine reports them, each once, without colours. */
  errors: string[];
  /** The dependencies between resources: from a preview's plan, else from the state. */
  references: References;
  /** Injected failures that matched no operation. */
  unmet: readonly Failure[];
  /**
   * Resources that the program declares and the state lacks although they exist. An `up` that would
   * create them again does nothing.
   */
  existing: readonly Existing[];
}

/** One system in one rehearsal cloud: runs the real engine for its stacks. */
export class Rehearsal {
  /** Pulumi's side: backend, home and workspaces. */
  readonly state: RehearsalState;

  constructor(
    readonly project: Project,
    readonly options: RehearsalOptions,
  ) {
    this.state = options.state ?? new RehearsalState(options.cloud);
  }

  /**
   * Runs one operation on one stack. An `up` does nothing if it would create an existing, unmanaged
   * resource a second time, for example after the state was lost.
   *
   * @param flags additional flags of the CLI for that operation
   */
  async run(
    files: RehearsedStack,
    operation: EngineOperation,
    flags: readonly string[] = [],
  ): Promise<Outcome> {
    this.#refuseLocked(files.stack);
    refuseFullDisk(this.state.dir, this.state.checkpoint(this.project.name, files.stack));
    const program = this.options.program ?? loadProgram(this.project);
    let engine: ChildProcess | undefined;
    const conditions = new Conditions({
      latency: this.options.latency,
      failures: this.options.failures,
      crash: () => engine?.kill("SIGKILL"),
    });
    const cloud = await openCloud(this.options.cloud, conditions, this.options.as);
    try {
      const { spec } = files;
      if (spec) cloud.store.transaction(() => seed(cloud.store, spec));
      const workspace = this.workspace(files);
      await workspace.prepare();
      // Vendors that create nothing cannot create duplicates.
      const before = operation === "up" && !this.options.as ? await this.#existing(files, flags, cloud) : [];
      if (before.some(forbids)) return refused(files.stack, before);
      const operate = (more: readonly string[] = []) =>
        this.#operate(workspace, program, operation, [...flags, ...more], cloud, (child) => {
          engine = child;
        });
      const { references, ...ended } =
        operation === "preview"
          ? await withReferences(operate)
          : { ...(await operate()), references: undefined };
      const asked = operation === "refresh" && ended.ok && !flags.includes("--target");
      const existing = operation === "preview" ? this.#existingIn(files, ended.events, cloud) : before;
      return {
        ...ended,
        references: references ?? referencesIn(this.state.resources(this.project.name, files.stack)),
        unmet: conditions.unmet(),
        existing: asked ? await this.#existing(files, [], cloud) : existing,
      };
    } finally {
      cloud.close();
    }
  }

  // Runs a preview without injected failures and listeners, and only if it could find something.
  async #existing(
    files: RehearsedStack,
    flags: readonly string[],
    { store }: RunningCloud,
  ): Promise<readonly Existing[]> {
    if (!mayExist(store, this.state, this.#of(files), files.spec)) return [];
    const { cloud, program, onProgress } = this.options;
    const { existing } = await new Rehearsal(this.project, { cloud, program, onProgress }).run(
      files,
      "preview",
      flags,
    );
    return existing;
  }

  #existingIn(files: RehearsedStack, events: readonly EngineEvent[], { store }: RunningCloud): Existing[] {
    return existingIn(store, this.state, this.#of(files), events);
  }

  #of({ stack }: RehearsedStack): { project: string; stack: string } {
    return { project: this.project.name, stack };
  }

  /**
   * Returns the stack's deployment with its secrets in plain text, like `pulumi stack export
   * --show-secrets`.
   */
  async exportStack(files: RehearsedStack): Promise<Deployment> {
    const workspace = this.workspace(files);
    await workspace.prepare();
    return workspace.export("plain");
  }

  /** Returns the CLI's workspace for a stack of this rehearsal. */
  workspace(files: RehearsedStack): Workspace {
    return new Workspace(this.project, files, this.state, this.options.onProgress);
  }

  #refuseLocked(stack: string): void {
    const holder = this.state.lockHolder(this.project.name, stack);
    if (!holder) return;
    const what = `${this.project.name}/${stack}`;
    const recover = `\`stagewright recover --stack ${stack}\``;
    throw new EngineError(
      holder.alive === false
        ? `an engine was killed at work on ${what} (${holder.text}); ${recover} adopts what it could not record`
        : `another engine is at work on ${what}: ${holder.text}; wait until it has ended${holder.alive === undefined ? `, or run ${recover} if it was killed there` : ""}`,
    );
  }

  async #operate(
    workspace: Workspace,
    program: Program,
    operation: EngineOperation,
    flags: readonly string[],
    cloud: RunningCloud,
    started: (child: ChildProcess) => void,
  ): Promise<Ended> {
    const { stack } = workspace.files;
    const backups = new Backups(this.state, this.project.name, stack);
    backups.keep();
    const events: EngineEvent[] = [];
    const onlyPreviews = operation === "preview" || flags.includes("--preview-only");
    const sink = await receiveEvents((event) => {
      events.push(event);
      if (!onlyPreviews) backups.keepNowAndThen();
      this.options.onEvent?.(event);
    });
    const served = await serveProgram(program);
    try {
      // Previews a destroy first, as a person would: otherwise the engine deletes unprotected
      // resources before it reaches a protected one.
      const confirm = {
        preview: [],
        destroy: ["--yes"],
        up: ["--yes", "--skip-preview"],
        refresh: ["--yes", "--skip-preview"],
      };
      const host = ["--exec-kind", "auto.inline", "--client", served.address];
      // Refreshes like the CLI does with `options: { refresh: always }` in Pulumi.yaml, so that
      // manual changes at a vendor are reverted.
      const looksFirst = operation === "refresh" ? [] : ["--refresh"];
      const args = [
        operation,
        ...looksFirst,
        ...(onlyPreviews ? [] : confirm[operation]),
        ...flags,
        "--event-log",
        sink.address,
        "--suppress-outputs",
        "--non-interactive",
      ];
      const env = { PULUMI_DEBUG_PROVIDERS: cloud.attach };
      const { code, output } = await workspace.spawn([...args, ...host], env, started);
      const ended = outcome(onlyPreviews, code, events, output);
      if (!onlyPreviews) backups.keep();
      const damage = this.state.damage(this.project.name, stack);
      return damage === undefined ? ended : { ...ended, ok: false, errors: [...ended.errors, damage] };
    } finally {
      sink.stop();
      served.stop();
    }
  }
}

/**
 * Loads the program that a project's `main` exports.
 *
 * @throws ConfigError if it is missing, or if one of its imports is.
 */
export function loadProgram({ dir, settings }: Project): Program {
  const main = typeof settings.main === "string" ? settings.main : "index.ts";
  const program: unknown = loaded(path.resolve(dir, main), main);
  if (typeof program !== "function") {
    const says = "exports no program; accepted is `export = () => …`, so that it can run in this process";
    throw new ConfigError([{ file: main, key: "", says }]);
  }
  return program as Program;
}

function loaded(file: string, main: string): unknown {
  if (!existsSync(file)) {
    const says = "does not exist; accepted: the program of the system, as Pulumi.yaml's `main` names it";
    throw new ConfigError([{ file: main, key: "", says }]);
  }
  try {
    return require(file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    const says = `cannot be loaded: ${error.message.split("\n")[0]}`;
    throw new ConfigError([{ file: main, key: "", says }]);
  }
}

// A vendor's message does not name the resource, but the engine's event does.
function about({ urn = "", message }: DiagnosticEvent): string {
  const says = message.trim();
  return urn === "" || urn.includes("::pulumi:pulumi:Stack::") || says.includes(urn)
    ? says
    : `${logicalName(urn)}: ${says}`;
}

type Ended = Omit<Outcome, "references" | "unmet" | "existing">;

function refused(stack: string, existing: readonly Existing[]): Outcome {
  const errors = [...existingText(stack, existing), "Nothing was changed."];
  return {
    ok: false,
    changes: {},
    events: [],
    errors: [errors.join("\n")],
    references: new Map(),
    unmet: [],
    existing,
  };
}

// `code` is null if the engine was killed.
function outcome(onlyPreviews: boolean, code: number | null, events: EngineEvent[], output: string): Ended {
  const errors = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" && !diagnosticEvent.ephemeral ? [about(diagnosticEvent)] : [],
  );
  if (code === null)
    errors.push("the engine was killed; `stagewright recover` adopts what it could not record");
  else if (code !== 0 && errors.length === 0) errors.push(output.trim() || "the engine ended without a word");
  // A refused destroy has only been previewed: nothing has changed.
  const summary = events.find(({ summaryEvent }) => summaryEvent?.isPreview === onlyPreviews)?.summaryEvent;
  return { ok: code === 0, changes: { ...summary?.resourceChanges }, events, errors: [...new Set(errors)] };
}
