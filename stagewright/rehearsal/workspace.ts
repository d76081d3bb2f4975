import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findEngine } from "../engine/find";
import type { Tree } from "../environment/merge";
import { requiredSecrets } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { always } from "../host/always";
import { replaceFile } from "../host/files";
import type { Project } from "../project/project";
import type { Deployment } from "../resources/deployment";
import { EngineError } from "./errors";
import { rehearsalConfig } from "./placeholders";
import { type RehearsalState, unlessSame, writeSettings } from "./state";

/** The facts about a stack that a rehearsal needs. */
export interface RehearsedStack {
  stack: string;
  /** `Pulumi.<stack>.yaml`. */
  settings: Tree;
  /** Its environment; not needed to destroy the resources in the state. */
  spec?: EnvironmentSpec;
}

/**
 * One stack's workspace for the CLI in a rehearsal: a folder with its settings and placeholders,
 * separate from the working tree.
 */
export class Workspace {
  constructor(
    readonly project: Project,
    readonly files: RehearsedStack,
    readonly state: RehearsalState,
    readonly onProgress?: (line: string) => void,
  ) {}

  get dir(): string {
    return this.state.workspace(this.project.name, this.files.stack);
  }

  /**
   * Creates the stack, its settings and its placeholders once, and updates them when the files have
   * changed.
   */
  async prepare(): Promise<void> {
    const { name } = this.project;
    const { stack, spec } = this.files;
    await this.init();
    const secrets = spec ? requiredSecrets(spec) : [];
    const { plain, secret } = rehearsalConfig(name, stack, this.files.settings, secrets);
    const file = path.join(this.dir, `Pulumi.${stack}.yaml`);
    await unlessSame(path.join(this.dir, "config.made"), file, { plain, secret }, async () => {
      writeSettings(file, { config: plain });
      const args = Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
      if (args.length > 0) await this.cli(["config", "set-all", ...args]);
    });
  }

  /**
   * Creates the stack.
   *
   * @returns false if it exists, or if another process is just creating it.
   * @throws EngineError if its state is damaged
   */
  async init(): Promise<boolean> {
    const { name, settings } = this.project;
    const damage = this.state.damage(name, this.files.stack);
    if (damage !== undefined) throw new EngineError(damage);
    // The program runs in our process and the providers are attached, so only the base itself is
    // needed here.
    writeSettings(path.join(this.dir, "Pulumi.yaml"), { name, runtime: "nodejs", config: settings.config });
    if (this.state.knows(name, this.files.stack)) return false;
    // The process that created it was killed or ran out of disk space.
    if (this.state.lockHolder(name, this.files.stack)?.alive === false)
      this.state.unlock(name, this.files.stack);
    const { code, output } = await this.spawn(["stack", "init", "--no-select"]);
    if (code === 0) return true;
    if (isTaken(output)) return false;
    throw new EngineError(`pulumi stack init failed: ${output.trim()}`);
  }

  /** Removes the stack, which must be empty, and its folder. */
  async remove(): Promise<void> {
    await this.cli(["stack", "rm", "--yes"]);
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Returns the stack's deployment, with its secrets encrypted or in plain text. */
  async export(secrets: "encrypted" | "plain"): Promise<Deployment> {
    return this.#withFile(async (file) => {
      await this.cli(["stack", "export", ...(secrets === "plain" ? ["--show-secrets"] : []), "--file", file]);
      return JSON.parse(readFileSync(file, "utf8")) as Deployment;
    });
  }

  /** Replaces the stack's deployment. */
  async import(deployment: Deployment): Promise<void> {
    await this.#withFile(async (file) => {
      replaceFile(file, JSON.stringify(deployment), 0o600);
      await this.cli(["stack", "import", "--file", file]);
    });
  }

  /**
   * Runs a command of the CLI on this stack.
   *
   * @throws EngineError with the CLI's message if it fails.
   */
  async cli(args: string[]): Promise<void> {
    const { code, output } = await this.spawn(args);
    if (code !== 0) throw new EngineError(`pulumi ${args.slice(0, 2).join(" ")} failed: ${output.trim()}`);
  }

  /** Runs a command of the CLI on this stack to its end, successful or not. */
  async spawn(
    args: string[],
    env: NodeJS.ProcessEnv = {},
    started?: (child: ChildProcess) => void,
  ): Promise<{ code: number | null; output: string }> {
    const engine = await findEngine({ progress: this.onProgress });
    const child = spawn(engine.pulumi, [...args, "--stack", this.files.stack, "--color", "never"], {
      cwd: this.dir,
      env: { ...process.env, ...engine.env, ...this.state.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // Starts the engine in its own process group, so that Ctrl-C reaches it once, through us. A
      // second one would end it before it has recorded its work.
      detached: true,
    });
    const interrupt = () => child.kill("SIGINT");
    const signals = ["SIGINT", "SIGTERM"] as const;
    for (const signal of signals) process.on(signal, interrupt);
    started?.(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    try {
      return await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, output }));
      });
    } finally {
      for (const signal of signals) process.off(signal, interrupt);
    }
  }

  async #withFile<T>(use: (file: string) => Promise<T>): Promise<T> {
    const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-"));
    return always(
      () => use(path.join(scratch, "deployment.json")),
      () => rmSync(scratch, { recursive: true, force: true }),
    );
  }
}

/** Whether the CLI reports that a stack exists, or that another engine holds its lock. */
export function isTaken(output: string): boolean {
  return /already exists|currently locked/.test(output);
}
