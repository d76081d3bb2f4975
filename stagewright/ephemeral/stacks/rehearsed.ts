import { statSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../host/lock";
import type { Project } from "../../project/project";
import { letGo, recover } from "../../rehearsal/recover/recover";
import { type EngineOperation, type Outcome, Rehearsal, type RehearsalOptions } from "../../rehearsal/run";
import { CloudStore } from "../../rehearsal/store";
import { isTaken, type RehearsedStack } from "../../rehearsal/workspace";
import type { DeployedResource } from "../../resources/deployment";
import { markedIn } from "../names";
import { Refusal } from "../refusal";
import type { Destruction, Ended, Found, Marked, Run, StackState, Stacks } from "../stacks";

/** Somebody else is at work on the stack. */
class Taken extends Error {}

type Options = Omit<RehearsalOptions, "program">;

/** The stacks of a rehearsal. */
export class RehearsedStacks implements Stacks {
  readonly project: string;
  readonly #project: Project;

  constructor(
    project: Project,
    readonly options: Options,
  ) {
    this.project = project.name;
    // Both halves of an environment stand in the stack's own config: it depends on no file of the
    // work tree.
    this.#project = { ...project, settings: { ...project.settings, config: {} } };
  }

  async list(): Promise<string[]> {
    return this.#rehearsal().state.stacks(this.project);
  }

  async read(stack: string): Promise<StackState | undefined> {
    const { state } = this.#rehearsal();
    if (!state.knows(this.project, stack)) return undefined;
    const resources: DeployedResource[] = state.resources(this.project, stack);
    const holder = state.lockHolder(this.project, stack);
    const file = statSync(state.checkpoint(this.project, stack), { throwIfNoEntry: false });
    const busy = holder && holder.alive !== false ? holder.text : undefined;
    return { resources, busy, written: file?.mtime };
  }

  async init(stack: string): Promise<boolean> {
    try {
      return await this.#alone(stack, () => this.#rehearsal().workspace({ stack, settings: {} }).init());
    } catch (error) {
      if (error instanceof Taken) return false;
      throw error;
    }
  }

  async up(run: Run): Promise<Ended> {
    const flags = (run.targets ?? []).flatMap((urn) => ["--target", urn]);
    return this.#working(run.stack, async () => {
      const rehearsal = this.#rehearsal(run);
      if (run.unsure || this.#killedAt(run.stack)) await recover(this.#calm(run), stackOf(run, this.project));
      return this.#engine(rehearsal, stackOf(run, this.project), "up", flags);
    });
  }

  async destroy(stack: string, { run, only }: Destruction): Promise<Ended | undefined> {
    return this.#working(stack, async () => {
      // From here on nobody else works on it.
      const state = await this.read(stack);
      if (!state || !only(state)) return undefined;
      if (!run || !(await this.#recovered(run))) await letGo(this.#rehearsal(), { stack, settings: {} });
      return this.#engine(this.#rehearsal(), { stack, settings: {} }, "destroy");
    });
  }

  async remove(stack: string): Promise<void> {
    try {
      await this.#alone(stack, async () => {
        const { state } = this.#rehearsal();
        if (state.knows(this.project, stack))
          await this.#rehearsal().workspace({ stack, settings: {} }).remove();
      });
    } catch (error) {
      if (error instanceof Taken || (error instanceof Error && /currently locked|still/.test(error.message)))
        throw new Refusal(`${stack} was taken up again by somebody else meanwhile`);
      throw error;
    }
  }

  async marked(): Promise<Found> {
    const store = new CloudStore(this.options.cloud);
    try {
      const found = store.all().flatMap(({ type, id, name, scope }): Marked[] => {
        const environment = markedIn(name);
        return environment === undefined ? [] : [{ environment, type, id, name, place: scope }];
      });
      return { found, unasked: [] };
    } finally {
      store.close();
    }
  }

  // What was created and not recorded is adopted, so that it goes with the rest. An environment of
  // another version of this program may be one that is not understood any more; then what its state
  // holds is destroyed, and the rest is found by its name.
  async #recovered(run: Run): Promise<boolean> {
    try {
      await recover(this.#calm(run), stackOf(run, this.project));
      return true;
    } catch {
      return false;
    }
  }

  async #engine(
    rehearsal: Rehearsal,
    stack: RehearsedStack,
    operation: EngineOperation,
    flags: string[] = [],
  ): Promise<Ended> {
    const { ok, errors }: Outcome = await rehearsal.run(stack, operation, flags);
    const killed = !ok && this.#killedAt(stack.stack);
    return { ok, errors, killed, busy: !ok && errors.some(isTaken) };
  }

  #killedAt(stack: string): boolean {
    return this.#rehearsal().state.lockHolder(this.project, stack)?.alive === false;
  }

  async #working<T>(stack: string, work: () => Promise<T>): Promise<T | Ended> {
    const busy = (errors: string[]): Ended => ({ ok: false, busy: true, killed: false, errors });
    const holder = (await this.read(stack))?.busy;
    if (holder !== undefined) return busy([`another engine is at work on ${stack}: ${holder}`]);
    try {
      return await this.#alone(stack, work);
    } catch (error) {
      // Another engine came between.
      if (
        error instanceof Taken ||
        (error instanceof Error && /at work on|currently locked/.test(error.message))
      )
        return busy([error.message]);
      throw error;
    }
  }

  // One at a time works on a stack, from before its engine starts until after it has ended: in
  // between its folder may come or go.
  #alone<T>(stack: string, work: () => Promise<T>): Promise<T> {
    const file = path.join(this.#rehearsal().state.dir, "work", this.project, `${stack}.lock`);
    const taken = (holder: string) => {
      throw new Taken(`another engine is at work on ${stack}: ${holder}`);
    };
    return withLock(file, taken, work);
  }

  #rehearsal(run?: Run): Rehearsal {
    return new Rehearsal(this.#project, { ...this.options, program: run?.program ?? (() => ({})) });
  }

  // Recovering is no part of what an injected failure is for.
  #calm(run: Run): Rehearsal {
    return new Rehearsal(this.#project, { ...this.options, failures: [], program: run.program });
  }
}

function stackOf({ stack, spec, config }: Run, project: string): RehearsedStack {
  const { environment, differs } = config;
  return {
    stack,
    spec,
    settings: { config: { [`${project}:environment`]: environment, [`${project}:differs`]: differs } },
  };
}
