import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { DeployedResource } from "../resources/deployment";
import { digits } from "./vendor";

/**
 * Pulumi's side of a rehearsal: a state backend, a Pulumi home and a workspace a stack in one folder beside the cloud
 * file, so that neither the user's own Pulumi login nor the work tree is touched.
 */
export class RehearsalState {
  readonly dir: string;

  /** @param cloudFile the rehearsal cloud that this state describes. */
  constructor(cloudFile: string) {
    const { dir, name } = path.parse(path.resolve(cloudFile));
    this.dir = path.join(dir, `${name}.state`);
    mkdirSync(path.join(this.dir, "backend"), { recursive: true });
  }

  /** The environment in which the engine has to run. */
  get env(): NodeJS.ProcessEnv {
    return {
      // Without the files of attributes beside the state: an engine that is killed while it writes one leaves it empty, and the
      // backend then refuses the state as well.
      PULUMI_BACKEND_URL: `file://${path.join(this.dir, "backend")}?metadata=skip`,
      PULUMI_HOME: path.join(this.dir, "home"),
      // No secret is kept here that would be worth a real passphrase: all of them are placeholders.
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

  /** Who holds the lock of a stack: the engine that is at work on it, or one that was killed. */
  lockHolder(project: string, stack: string): { pid: number; alive: boolean } | undefined {
    const dir = path.join(this.dir, "backend", ".pulumi", "locks", "organization", project, stack);
    const [file] = existsSync(dir) ? readdirSync(dir) : [];
    const text = file && readIfThere(path.join(dir, file));
    if (!text) return undefined; // none, or just being written or taken away
    const { pid } = JSON.parse(text) as { pid: number };
    return { pid, alive: isAlive(pid) };
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

  /** The resources of a stack as its state holds them: secrets are encrypted. Empty where there is no such stack. */
  resources(project: string, stack: string): DeployedResource[] {
    const text = readIfThere(this.checkpoint(project, stack));
    if (!text) return [];
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: { resources?: DeployedResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }
}

/** Writes a YAML file of a workspace: what Pulumi could read as something else, such as a day, stands in quotes. */
export function writeSettings(file: string, settings: unknown): void {
  writeFileSync(file, stringify(settings, { version: "1.1" }));
}

/** Runs `make` only where what it was made of has changed since the last time. */
export async function unlessSame(file: string, source: unknown, make: () => Promise<void>): Promise<void> {
  const mark = digits(32, JSON.stringify(source));
  if (existsSync(file) && readFileSync(file, "utf8") === mark) return;
  await make();
  writeFileSync(file, mark);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
