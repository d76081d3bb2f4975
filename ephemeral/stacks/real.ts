import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type {
  EngineEvent,
  LocalWorkspace,
  LocalWorkspaceOptions,
  ProjectSettings,
  Stack,
} from "@pulumi/pulumi/automation";
import { findEngine } from "../../engine/find";
import type { DeployedResource } from "../../rehearsal/deployment";
import { isTaken } from "../../rehearsal/workspace";
import { isTree, type Tree, valueAt } from "../../spec/merge";
import { ConfigError } from "../../spec/problems";
import type { Project } from "../../spec/project";
import type { Ended, Marked, Run, StackState, Stacks } from "../stacks";
import { markedAtVendors } from "../vendors";

type Program = NonNullable<LocalWorkspaceOptions["program"]>;

/**
 * The stacks of the backend that the CLI is logged in to, on the real accounts, by the Automation API. Each piece of work has a
 * folder of its own outside of the work tree, which is gone afterwards.
 */
export class RealStacks implements Stacks {
  readonly project: string;

  constructor(
    readonly system: Project,
    readonly onProgress: (line: string) => void,
  ) {
    this.project = system.name;
  }

  async list(): Promise<string[]> {
    const stacks = await this.#at((workspace) => workspace.listStacks());
    return stacks.map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
  }

  async read(stack: string): Promise<StackState | undefined> {
    try {
      const { deployment } = await this.#at((workspace) => workspace.exportStack(stack));
      const { resources = [], manifest } = (deployment ?? {}) as {
        resources?: DeployedResource[];
        manifest?: { time?: string };
      };
      const written = new Date(manifest?.time ?? Number.NaN);
      return { resources, ...(written.getTime() > 0 && { written }) };
    } catch (error) {
      if (/no stack named|stack .*not found/.test(said(error))) return undefined;
      throw error;
    }
  }

  async init(stack: string, secretsProvider?: string): Promise<boolean> {
    try {
      await this.#at((workspace) => workspace.createStack(stack), { secretsProvider });
      return true;
    } catch (error) {
      if (isTaken(said(error))) return false;
      throw error;
    }
  }

  async up(run: Run): Promise<Ended> {
    const secrets = await this.#secretsOf(run);
    return this.#at(
      async (workspace) => {
        const { Stack: StackClass } = await import("@pulumi/pulumi/automation/index.js");
        const stack = await StackClass.select(run.stack, workspace);
        const { environment, differs } = run.config;
        await stack.setAllConfig({
          environment: { value: JSON.stringify(environment) },
          differs: { value: JSON.stringify(differs) },
          ...secrets,
        });
        return this.#ended((onEvent) =>
          stack.up({ onEvent, target: run.targets ? [...run.targets] : undefined }),
        );
      },
      { program: run.program as Program },
    );
  }

  async destroy(stack: string): Promise<Ended> {
    return this.#at(async (workspace) => {
      const { Stack: StackClass } = await import("@pulumi/pulumi/automation/index.js");
      const selected: Stack = await StackClass.select(stack, workspace);
      const ended = await this.#ended((onEvent) => selected.destroy({ onEvent }));
      if (ended.ok || ended.busy) return ended;
      return this.#ended((onEvent) => selected.destroy({ onEvent, refresh: true }));
    });
  }

  async remove(stack: string): Promise<void> {
    await this.#at((workspace) => workspace.removeStack(stack));
  }

  marked(): Promise<{ found: Marked[]; unasked: string[] }> {
    return markedAtVendors(process.env);
  }

  // The values stay encrypted in the folder of this run, and in the state; they are in no file afterwards.
  async #secretsOf({
    secrets: { from, names },
  }: Run): Promise<Record<string, { value: string; secret: true }>> {
    const { LocalWorkspace: Workspace } = await import("@pulumi/pulumi/automation/index.js");
    const found: Record<string, { value: string; secret: true }> = {};
    if (names.length === 0) return found;
    const workspace = await Workspace.create({ workDir: this.system.dir });
    for (const name of names) {
      const key = `${this.project}:${name}`;
      try {
        found[name] = { value: (await workspace.getConfig(from, key)).value, secret: true };
      } catch (error) {
        const says = `cannot be read, and the environment needs it: ${said(error).trim().split("\n").at(-1) ?? ""}`;
        throw new ConfigError([{ file: `Pulumi.${from}.yaml`, key, says }]);
      }
    }
    return found;
  }

  async #ended(operate: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Ended> {
    const errors = new Set<string>();
    try {
      await operate(({ diagnosticEvent }) => {
        if (diagnosticEvent?.severity === "error" && !diagnosticEvent.ephemeral)
          errors.add(plain(diagnosticEvent.message));
      });
      return { ok: true, busy: false, killed: false, errors: [] };
    } catch (error) {
      const { ConcurrentUpdateError } = await import("@pulumi/pulumi/automation/index.js");
      const busy = error instanceof ConcurrentUpdateError || isTaken(said(error));
      return { ok: false, busy, killed: false, errors: errors.size > 0 ? [...errors] : [said(error)] };
    }
  }

  // The program runs in this process, and paths in a stack's state are relative to the folder that the engine works in.
  async #at<T>(
    work: (workspace: LocalWorkspace) => Promise<T>,
    options: Pick<LocalWorkspaceOptions, "program" | "secretsProvider"> = {},
  ): Promise<T> {
    const { LocalWorkspace: Workspace } = await import("@pulumi/pulumi/automation/index.js");
    const engine = await findEngine({ progress: this.onProgress });
    Object.assign(process.env, engine.env);
    const before = process.cwd();
    const workDir = mkdtempSync(path.join(tmpdir(), "stagewright-env-"));
    try {
      process.chdir(workDir);
      const workspace = await Workspace.create({ workDir, projectSettings: this.#settings(), ...options });
      return await work(workspace);
    } finally {
      process.chdir(before);
      rmSync(workDir, { recursive: true, force: true });
    }
  }

  // The system's own settings, without its config, and with its plugins where they are.
  #settings(): ProjectSettings {
    const { dir, settings, name } = this.system;
    const providers = valueAt(settings, ["plugins", "providers"]);
    const found = (Array.isArray(providers) ? providers : [])
      .filter(isTree)
      .map((plugin): Tree => ({ ...plugin, path: path.resolve(dir, String(plugin.path)) }));
    return {
      name,
      runtime: "nodejs",
      ...(isTree(settings.backend) && { backend: settings.backend }),
      plugins: { providers: found },
    } as ProjectSettings;
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The engine colours its messages for a terminal.
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
