import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type {
  EngineEvent,
  LocalWorkspace,
  LocalWorkspaceOptions,
  ProjectSettings,
  PulumiCommand,
  Stack,
} from "@pulumi/pulumi/automation";
import { findEngine } from "../../engine/find";
import { isTree, type Tree, valueAt } from "../../environment/merge";
import { ConfigError } from "../../environment/problems";
import type { EnvironmentSpec } from "../../environment/schema/environment";
import { always } from "../../host/always";
import { run } from "../../host/run";
import type { Project } from "../../project/project";
import { EngineError } from "../../rehearsal/errors";
import { isTaken } from "../../rehearsal/workspace";
import type { Deployment } from "../../resources/deployment";
import type { Destruction, Ended, Found, Run, StackState, Stacks } from "../stacks";
import { markedAtVendors } from "../vendors";

type Program = NonNullable<LocalWorkspaceOptions["program"]>;

/**
 * The stacks of the backend that the CLI is logged in to, on the real accounts, by the Automation
 * API. Each piece of work has a folder of its own outside of the work tree, which is gone
 * afterwards.
 */
export class RealStacks implements Stacks {
  readonly project: string;
  #found: Promise<PulumiCommand> | undefined;

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
      const { deployment } = await this.#at((workspace) => exported(workspace, stack));
      const { resources = [], manifest } = deployment ?? {}; // an empty stack has none
      const { time } = (manifest ?? {}) as { time?: string };
      const written = new Date(time ?? Number.NaN);
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
        await keepEncryption(workspace, run.stack);
        const { environment, differs } = run.config;
        await stack.setAllConfig({
          environment: { value: JSON.stringify(environment) },
          differs: { value: JSON.stringify(differs) },
          ...secrets,
        });
        const target = run.targets ? [...run.targets] : undefined;
        const work = (refresh: boolean) =>
          this.#ended((onEvent) => inside(workspace.workDir, () => stack.up({ onEvent, target, refresh })));
        const ended = await work(run.unsure === true);
        if (run.unsure || !ended.errors.some(isGone)) return ended;
        return work(true);
      },
      { program: run.program as Program },
    );
  }

  async destroy(stack: string, { only }: Destruction): Promise<Ended | undefined> {
    return this.#at(async (workspace) => {
      const { Stack: StackClass } = await import("@pulumi/pulumi/automation/index.js");
      const selected: Stack = await StackClass.select(stack, workspace);
      // No backend lets a question be asked under its lock: what is renewed in the second until the
      // engine has it is lost.
      const state = await this.read(stack);
      if (!state || !only(state)) return undefined;
      await keepEncryption(workspace, stack);
      const ended = await this.#ended((onEvent) => selected.destroy({ onEvent }));
      if (ended.ok || ended.busy) return ended;
      return this.#ended((onEvent) => selected.destroy({ onEvent, refresh: true }));
    });
  }

  async remove(stack: string): Promise<void> {
    await this.#at((workspace) => workspace.removeStack(stack));
  }

  marked(likes: readonly EnvironmentSpec[]): Promise<Found> {
    return markedAtVendors(likes);
  }

  // The values stay encrypted in the folder of this run, and in the state; they are in no file
  // afterwards.
  async #secretsOf({
    secrets: { from, names },
  }: Run): Promise<Record<string, { value: string; secret: true }>> {
    const { LocalWorkspace: Workspace } = await import("@pulumi/pulumi/automation/index.js");
    const found: Record<string, { value: string; secret: true }> = {};
    if (names.length === 0) return found;
    const workspace = await Workspace.create({
      workDir: this.system.dir,
      pulumiCommand: await this.#cli(),
    });
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

  // Each in a folder of its own, so that several may be at work at once.
  async #at<T>(
    work: (workspace: LocalWorkspace) => Promise<T>,
    options: Pick<LocalWorkspaceOptions, "program" | "secretsProvider"> = {},
  ): Promise<T> {
    const { CommandError, LocalWorkspace: Workspace } = await import("@pulumi/pulumi/automation/index.js");
    const pulumiCommand = await this.#cli();
    const workDir = mkdtempSync(path.join(tmpdir(), "stagewright-env-"));
    return always(
      async () => {
        try {
          const projectSettings = this.#settings();
          return await work(await Workspace.create({ workDir, projectSettings, pulumiCommand, ...options }));
        } catch (error) {
          throw error instanceof CommandError ? new EngineError(wordsOf(error)) : error;
        }
      },
      () => rmSync(workDir, { recursive: true, force: true }),
    );
  }

  // Found, and asked for its version, once: both take processes of their own.
  #cli(): Promise<PulumiCommand> {
    this.#found ??= findCli(this.onProgress);
    return this.#found;
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

// Other than the API's own, it leaves the secrets encrypted: nobody here reads them, so nobody need
// be able to.
async function exported({ pulumiCommand, workDir }: LocalWorkspace, stack: string): Promise<Deployment> {
  const { code, stdout, output } = await run(pulumiCommand.command, ["stack", "export", "--stack", stack], {
    cwd: workDir,
    env: process.env,
  });
  if (code !== 0) throw new EngineError(hinted(output.trim()));
  return JSON.parse(stdout) as Deployment;
}

// No file here holds a stack's settings; by which key its secrets are encrypted, its state says
// too.
async function keepEncryption(workspace: LocalWorkspace, stack: string): Promise<void> {
  const { deployment } = await exported(workspace, stack);
  const { type, state } = (deployment?.secrets_providers ?? {}) as {
    type?: string;
    state?: { url: string; encryptedkey: string };
  };
  // A passphrase is in the environment, and the service has a way of its own.
  if (type !== "cloud" || !state) return;
  await workspace.saveStackSettings(stack, { secretsProvider: state.url, encryptedKey: state.encryptedkey });
}

async function findCli(progress: (line: string) => void): Promise<PulumiCommand> {
  const { PulumiCommand: Command } = await import("@pulumi/pulumi/automation/index.js");
  const engine = await findEngine({ progress });
  Object.assign(process.env, engine.env);
  return Command.get();
}

// The API's own sentence is a listing of all that the CLI has printed.
function wordsOf({ message }: Error): string {
  return hinted((/^ stderr: (?<words>.*?)^ err\?:/ms.exec(message)?.groups?.words ?? message).trim());
}

function hinted(words: string): string {
  return /PULUMI_ACCESS_TOKEN|pulumi login/.test(words)
    ? `no Pulumi backend is chosen: \`pulumi login\` chooses one for the real accounts; --rehearse needs none (${words})`
    : words;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The program runs in this process, and paths in a stack's state are relative to the folder that
// the engine works in. All of the process is in that folder meanwhile, so that one program at a
// time can run; what reads a state does not care.
async function inside<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  try {
    process.chdir(dir);
    return await work();
  } finally {
    process.chdir(before);
  }
}

/** Whether a vendor says that what the state holds is not there any more. */
function isGone(error: string): boolean {
  return /does not exist|no longer exists|not (be )?found|couldn't find|NoSuch|\b404\b/i.test(error);
}

// The engine colours its messages for a terminal.
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
