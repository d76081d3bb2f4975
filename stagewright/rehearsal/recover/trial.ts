import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Provider } from "../../../providers/protocol/provider";
import type { DeployedResource } from "../../resources/deployment";
import { type EngineOperation, type Outcome, Rehearsal } from "../run";
import { RehearsalState } from "../state";
import type { CloudStore } from "../store";
import type { RehearsedStack } from "../workspace";

interface Checkpoint {
  checkpoint: { latest?: { resources?: DeployedResource[]; [key: string]: unknown }; [key: string]: unknown };
  [key: string]: unknown;
}

/**
 * A copy of one stack's state, on which the engine tries changes before they may reach the state
 * itself.
 */
export class Trial {
  readonly #dir = mkdtempSync(path.join(tmpdir(), "stagewright-recover-"));
  readonly #state: RehearsalState;
  readonly #file: string;
  readonly #original: string;

  constructor(
    readonly rehearsal: Rehearsal,
    readonly files: RehearsedStack,
  ) {
    const { state, project } = rehearsal;
    this.#state = new RehearsalState(path.join(this.#dir, "cloud.db"));
    this.#file = this.#state.checkpoint(project.name, files.stack);
    const original = state.checkpoint(project.name, files.stack);
    for (const part of [original, state.workspace(project.name, files.stack)])
      cpSync(part, path.join(this.#state.dir, path.relative(state.dir, part)), { recursive: true });
    this.#original = readFileSync(original, "utf8");
  }

  /** Runs an operation on the copy, against the real rehearsal cloud. */
  run(
    operation: EngineOperation,
    flags: readonly string[] = [],
    as?: (provider: Provider, store: CloudStore) => Provider,
  ): Promise<Outcome> {
    const { project, options } = this.rehearsal;
    const calm = { cloud: options.cloud, program: options.program, onProgress: options.onProgress };
    return new Rehearsal(project, { ...calm, state: this.#state, as }).run(this.files, operation, flags);
  }

  /** Resets the copy to the current state. */
  reset(): void {
    writeFileSync(this.#file, this.#original);
  }

  get resources(): DeployedResource[] {
    return this.#checkpoint().checkpoint.latest?.resources ?? [];
  }

  set resources(resources: DeployedResource[]) {
    const checkpoint = this.#checkpoint();
    const { latest } = checkpoint.checkpoint;
    if (latest) latest.resources = resources;
    writeFileSync(this.#file, JSON.stringify(checkpoint));
  }

  /** Whether the state is unchanged since the copy was made. */
  get isCurrent(): boolean {
    const { state, project } = this.rehearsal;
    const file = state.checkpoint(project.name, this.files.stack);
    return existsSync(file) && readFileSync(file, "utf8") === this.#original;
  }

  /** Replaces the state with the copy. */
  async accept(): Promise<void> {
    const { project, options } = this.rehearsal;
    const copy = new Rehearsal(project, { ...options, state: this.#state });
    const deployment = await copy.workspace(this.files).export("encrypted");
    await this.rehearsal.workspace(this.files).import(deployment);
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #checkpoint(): Checkpoint {
    return JSON.parse(readFileSync(this.#file, "utf8")) as Checkpoint;
  }
}
