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

/** What a rehearsal must know of a stack. */
export interface RehearsedStack {
  stack: string;
  /** `Pulumi.<stack>.yaml`. */
  settings: Tree;
  /** The environment that comes of it; not needed to destroy what the state holds. */
  spec?: EnvironmentSpec;
}

/**
 * One stack as the CLI sees it in a rehearsal: a folder with its settings and placeholders, apart
 * from the work tree.
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
   * Makes the stack, its settings and its placeholders: each once, and again only when the files
   * have changed.
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
   * Makes the stack. @returns whether it did: not where there is one, or another process is just
   * making it.
   * @throws EngineError where its state is damaged
   */
  async init(): Promise<boolean> {
    const { name, settings } = this.project;
    const damage = this.state.damage(name, this.files.stack);
    if (damage !== undefined) throw new EngineError(damage);
    // The program runs in our process and the providers are attached, so no more than the base
    // itself is needed here.
    writeSettings(path.join(this.dir, "Pulumi.yaml"), { name, runtime: "nodejs", config: settings.config });
    if (this.state.knows(name, this.files.stack)) return false;
    // What made it was killed, or met a full disk.
    if (this.state.lockHolder(name, this.files.stack)?.alive === false)
      this.state.unlock(name, this.files.stack);
    const { code, output } = await this.spawn(["stack", "init", "--no-select"]);
    if (code === 0) return true;
    if (isTaken(output)) return false;
    throw new EngineError(`pulumi stack init failed: ${output.trim()}`);
  }

  /** Forgets the stack, which must hold nothing any more, and its folder. */
  async remove(): Promise<void> {
    await this.cli(["stack", "rm", "--yes"]);
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The stack's deployment, with its secrets encrypted or in plain text. */
  async export(secrets: "encrypted" | "plain"): Promise<Deployment> {
    return this.#withFile(async (file) => {
      await this.cli(["stack", "export", ...(secrets === "plain" ? ["--show-secrets"] : []), "--file", file]);
      return JSON.parse(readFileSync(file, "utf8")) as Deployment;
    });
  }

  /** Puts a deployment in the place of the stack's own. */
  async import(deployment: Deployment): Promise<void> {
    await this.#withFile(async (file) => {
      replaceFile(file, JSON.stringify(deployment), 0o600);
      await this.cli(["stack", "import", "--file", file]);
    });
  }

  /**
   * Runs a command of the CLI on this stack.
   * @throws EngineError with what the CLI said where it fails.
   */
  async cli(args: string[]): Promise<void> {
    const { code, output } = await this.spawn(args);
    if (code !== 0) throw new EngineError(`pulumi ${args.slice(0, 2).join(" ")} failed: ${output.trim()}`);
  }

  /** Runs a command of the CLI on this stack to its end, however it ends. */
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
      // A group of its own: Ctrl-C reaches the engine once, through us. Twice would end it before
      // it has recorded what it did.
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

/** Whether the CLI says that a stack is there, or that another engine holds it. */
export function isTaken(output: string): boolean {
  return /already exists|currently locked/.test(output);
}
