import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { replaceFile } from "../host/files";
import type { DeployedResource } from "../resources/deployment";
import { Backups, backupText } from "./backup";
import { readCheckpoint } from "./checkpoint";
import { engineLock, type LockHolder } from "./engine-lock";
import { EngineError } from "./errors";
import { digits } from "./vendor";

/**
 * Pulumi's side of a rehearsal: a state backend, a Pulumi home and a workspace per stack, in one
 * folder beside the cloud file. It touches neither the user's own Pulumi login nor the working
 * tree.
 */
export class RehearsalState {
  readonly dir: string;

  /** @param cloudFile the rehearsal cloud that this state describes. */
  constructor(cloudFile: string) {
    const { dir, name } = path.parse(path.resolve(cloudFile));
    this.dir = path.join(dir, `${name}.state`);
    // Only the user may read its content, whatever the umask.
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    mkdirSync(path.join(this.dir, "backend"), { recursive: true });
    mendMeta(path.join(this.dir, "backend", ".pulumi", "meta.yaml"));
  }

  /** The environment in which the engine has to run. */
  get env(): NodeJS.ProcessEnv {
    return {
      // Turns off the attribute files beside the state: an engine that is killed while it writes
      // one leaves it empty, and the backend then refuses the state as well.
      PULUMI_BACKEND_URL: `file://${path.join(this.dir, "backend")}?metadata=skip`,
      PULUMI_HOME: path.join(this.dir, "home"),
      // No secret here needs a real passphrase: all of them are placeholders.
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_AUTOMATION_API: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DISABLE_CHECKPOINT_BACKUPS: "true",
      PULUMI_ACCESS_TOKEN: "",
      NO_COLOR: "1",
    };
  }

  /** The folder with the stack's copies of `Pulumi.yaml` and `Pulumi.<stack>.yaml`. */
  workspace(project: string, stack: string): string {
    const dir = path.join(this.dir, "work", project, stack);
    mkdirSync(dir, { recursive: true });
    return dir;
  }

  /** Returns the holder of a stack's lock; `undefined` without one. */
  lockHolder(project: string, stack: string): LockHolder | undefined {
    return engineLock(this.#locks(project, stack));
  }

  /** Removes the locks of a stack, which must belong to killed engines. */
  unlock(project: string, stack: string): void {
    rmSync(this.#locks(project, stack), { recursive: true, force: true });
  }

  #locks(project: string, stack: string): string {
    return path.join(this.dir, "backend", ".pulumi", "locks", "organization", project, stack);
  }

  /** Whether the backend knows the stack already. */
  knows(project: string, stack: string): boolean {
    return existsSync(this.checkpoint(project, stack));
  }

  /** The stacks of a project that the backend knows. */
  stacks(project: string): string[] {
    const dir = path.dirname(this.checkpoint(project, "any"));
    if (!existsSync(dir)) return [];
    return readdirSync(dir)
      .filter((file) => file.endsWith(".json"))
      .map((file) => path.basename(file, ".json"));
  }

  /** Every stack of every project that the backend knows. */
  all(): { project: string; stack: string }[] {
    const dir = path.dirname(path.dirname(this.checkpoint("any", "any")));
    const projects = existsSync(dir) ? readdirSync(dir) : [];
    return projects.flatMap((project) => this.stacks(project).map((stack) => ({ project, stack })));
  }

  /** The file that holds a stack's state. */
  checkpoint(project: string, stack: string): string {
    return path.join(this.dir, "backend", ".pulumi", "stacks", project, `${stack}.json`);
  }

  /**
   * Returns the resources in a stack's state, with encrypted secrets. Empty if the stack does not
   * exist.
   *
   * @throws EngineError if the state is damaged
   */
  resources(project: string, stack: string): DeployedResource[] {
    const file = this.checkpoint(project, stack);
    if (!existsSync(file)) return [];
    const read = readCheckpoint(file);
    if (read.fault === undefined) return read.resources;
    throw new EngineError(this.#damage(project, stack, read.fault));
  }

  /**
   * Describes the fault of a stack's state and its remedy in a sentence; `undefined` without a
   * fault.
   */
  damage(project: string, stack: string): string | undefined {
    const file = this.checkpoint(project, stack);
    const { fault } = existsSync(file) ? readCheckpoint(file) : {};
    return fault === undefined ? undefined : this.#damage(project, stack, fault);
  }

  /** Describes a stack's current state, in words that follow its file's name. */
  summary(project: string, stack: string): string {
    const file = this.checkpoint(project, stack);
    if (!existsSync(file)) return "is not there";
    const read = readCheckpoint(file);
    return read.fault ?? `can be read and holds ${read.resources.length} resources`;
  }

  #damage(project: string, stack: string, fault: string): string {
    const backup = new Backups(this, project, stack).newest();
    const what = `\`stagewright recover --stack ${stack}\``;
    const next = backup
      ? `${what.slice(0, -1)} --from-backup\` puts the backup ${backupText(backup)} in its place`
      : `there is no backup: move the file away, and ${what} adopts what the cloud holds`;
    return `${this.checkpoint(project, stack)}: ${fault}; ${next}`;
  }
}

// This file holds only the layout of the backend's files, but the engine stops if it is empty.
// https://github.com/pulumi/pulumi/blob/v3.259.0/pkg/backend/diy/meta.go
function mendMeta(file: string): void {
  if (existsSync(file) && !/^version: \d+\s*$/.test(readFileSync(file, "utf8")))
    replaceFile(file, "version: 1\n");
}

/**
 * Writes a YAML file of a workspace. Quotes texts that Pulumi could read as another type, such as a
 * date.
 */
export function writeSettings(file: string, settings: unknown): void {
  replaceFile(file, stringify(settings, { version: "1.1" }));
}

/**
 * Writes a file only if its sources have changed since the last time, or the file itself has, since
 * it may be damaged.
 *
 * @param mark the file that records the sources of the last time
 */
export async function unlessSame(
  mark: string,
  file: string,
  source: unknown,
  make: () => Promise<void>,
): Promise<void> {
  const both = () => digits(32, JSON.stringify(source), existsSync(file) ? readFileSync(file, "utf8") : "");
  if (existsSync(mark) && readFileSync(mark, "utf8") === both()) return;
  await make();
  replaceFile(mark, both());
}
