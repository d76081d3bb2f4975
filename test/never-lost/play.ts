import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { environmentProgram } from "../../components/program";
import { ConfigError } from "../../stagewright/environment/problems";
import { type Project, readProject, readStack } from "../../stagewright/project/project";
import { EngineError } from "../../stagewright/rehearsal/errors";
import { recover } from "../../stagewright/rehearsal/recover/recover";
import { type EngineOperation, type Outcome, Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { changeOf, write } from "./changes";
import { Judge } from "./judge";
import { type Event, pick } from "./sequence";

/** How a sequence ended. */
export interface Verdict {
  /** Converged, or refused in a sentence. */
  end: "converged" | "refused";
  /** What must never be. Empty: it holds. */
  faults: string[];
  /** What happened, an event each. */
  log: string[];
}

/** Plays a sequence for a stack in a cloud of its own, and judges it. @param dir the system */
export async function play(
  dir: string,
  stack: string,
  events: readonly Event[],
  chance: () => number,
): Promise<Verdict> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-never-lost-"));
  try {
    return await new Playing(copyOf(dir, scratch), path.join(scratch, "cloud.db"), stack, chance).all(events);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function copyOf(dir: string, scratch: string): string {
  const copy = path.join(scratch, "system");
  for (const file of readdirSync(dir).filter((name) => /^Pulumi\..*yaml$/.test(name)))
    cpSync(path.join(dir, file), path.join(copy, file));
  return copy;
}

class Playing {
  readonly #judge: Judge;
  readonly #log: string[] = [];
  #told = new Set<string>();

  constructor(
    readonly dir: string,
    readonly cloud: string,
    readonly stack: string,
    readonly chance: () => number,
  ) {
    const { state, project } = this.#rehearsal();
    this.#judge = new Judge(cloud, state, project.name, stack);
  }

  async all(events: readonly Event[]): Promise<Verdict> {
    const faults: string[] = [];
    for (const event of events) {
      this.#log.push(`${event}: ${await this.#said(() => this.#event(event))}`);
      faults.push(...this.#judge.look());
    }
    const end = await this.#wayHome();
    faults.push(...this.#judge.look(), ...end.faults);
    return { end: end.end, faults: [...new Set(faults)], log: this.#log };
  }

  // What an operator does in the end: recover, bring it up, and look for what was made twice.
  async #wayHome(): Promise<Pick<Verdict, "end" | "faults">> {
    for (const step of ["recover", "up", "recover"] as const) {
      const said = await this.#said(() => this.#event(step));
      this.#log.push(`at the end, ${step}: ${said}`);
      if (said !== "ok") return { end: "refused", faults: isSentence(said) ? [] : [`no sentence: ${said}`] };
    }
    const { changes } = await this.#run("preview");
    const open = Object.keys(changes).filter((change) => change !== "same");
    return {
      end: "converged",
      faults: [
        ...open.map((change) => `after the end, up would still ${change}`),
        ...this.#judge.doubles(this.#told),
      ],
    };
  }

  async #said(act: () => Promise<string>): Promise<string> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof EngineError || error instanceof ConfigError) return error.message;
      throw error;
    }
  }

  async #event(event: Event): Promise<string> {
    switch (event) {
      case "up":
      case "refresh":
      case "destroy":
        return spoken(await this.#run(event));
      case "kill":
        await this.#kill();
        return "ok";
      case "lose the state":
        rmSync(this.#rehearsal().state.dir, { recursive: true, force: true });
        return "ok";
      case "recover": {
        const { left, unfit } = await recover(this.#rehearsal(), this.#files());
        this.#told = new Set([...left.map(({ id }) => id), ...unfit.flatMap(({ ids }) => ids)].map(lastPart));
        return "ok";
      }
      case "drift":
        this.#byHand();
        return spoken(await this.#run("refresh", ["--preview-only"]));
      default:
        return this.#change(event);
    }
  }

  // A change that is refused is taken back.
  async #change(event: Event): Promise<string> {
    const { spec } = this.#files();
    const change = changeOf(event, spec, this.chance);
    if (!change) return "does not apply";
    const undo = write(this.dir, this.#project().name, this.stack, change);
    const said = await this.#said(async () => spoken(await this.#run("up")));
    if (said !== "ok") undo();
    return said;
  }

  // The engine dies after the vendor has made something and before it could record that.
  async #kill(): Promise<void> {
    const nth = 1 + Math.floor(this.chance() * 12);
    const failures = [{ type: "*", operation: "create" as const, nth, error: "crash" }];
    await new Rehearsal(this.#project(), { ...this.#options(), failures }).run(this.#files(), "up");
  }

  #byHand(): void {
    const store = new CloudStore(this.cloud);
    try {
      const changeable = store
        .all()
        .filter(({ type }) => /:(Formation|ActionsEnvironmentVariable)$/.test(type));
      const thing = pick(this.chance, changeable);
      if (!thing) return;
      const { quantity } = thing.properties;
      const change = quantity === undefined ? { value: "by hand" } : { quantity: quantity === 0 ? 1 : 0 };
      store.put({ ...thing, properties: { ...thing.properties, ...change } });
    } finally {
      store.close();
    }
  }

  #run(operation: EngineOperation, flags: string[] = []): Promise<Outcome> {
    return this.#rehearsal().run(this.#files(), operation, flags);
  }

  #rehearsal(): Rehearsal {
    return new Rehearsal(this.#project(), this.#options());
  }

  #options() {
    return { cloud: this.cloud, program: environmentProgram };
  }

  #project(): Project {
    return readProject(this.dir);
  }

  #files() {
    return readStack(this.#project(), this.stack);
  }
}

function spoken({ ok, errors }: Outcome): string {
  return ok ? "ok" : errors.join("\n");
}

// Something for a person, and no trace of the code.
function isSentence(said: string): boolean {
  return said.trim().length > 20 && !/^\s+at /m.test(said);
}

function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}
