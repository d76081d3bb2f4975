import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { rehearsalConfig } from "../../rehearsal/placeholders";
import { EngineError } from "../../rehearsal/workspace";
import { isTree, type Tree } from "../../spec/merge";
import type { Project, StackFiles } from "../../spec/project";
import type { Graph } from "../graph";
import { mark } from "../marks";
import type { Setting } from "./recorder";
import type { RenderRequest, RenderResponse } from "./worker";

/**
 * Renders a project's program with one setting after another, without an engine and within milliseconds, in a process of its own:
 * programs that fail on a half-changed spec cannot harm anything there. What a vendor would compute is a mark (see `marks.ts`).
 */
export class Renderer {
  readonly #worker: ChildProcess;
  readonly #waiting = new Map<number, (response: RenderResponse) => void>();
  #count = 0;

  constructor(readonly project: Project) {
    // The worker is TypeScript, loaded as the command itself is.
    this.#worker = fork(path.join(__dirname, "worker.ts"), {
      execArgv: ["--require", require.resolve("tsx/cjs")],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#worker.on("message", (response: RenderResponse) => this.#answer(response));
    this.#worker.on("exit", (code) => {
      for (const number of this.#waiting.keys())
        this.#answer({ number, error: `the renderer ended with ${code}` });
    });
  }

  /** The graph of a stack. @throws EngineError where the spec or the program refuses the setting. */
  async render(setting: Setting): Promise<Graph> {
    const number = this.#count++;
    const main = typeof this.project.settings.main === "string" ? this.project.settings.main : "index.ts";
    const request: RenderRequest = { number, main: path.resolve(this.project.dir, main), setting };
    const { resources, error } = await new Promise<RenderResponse>((resolve) => {
      this.#waiting.set(number, resolve);
      this.#worker.send(request);
    });
    if (!resources) throw new EngineError(`the program of ${setting.stack} cannot be rendered: ${error}`);
    return new Map(resources.map((resource) => [resource.key, resource]));
  }

  close(): void {
    this.#worker.disconnect();
  }

  #answer(response: RenderResponse): void {
    this.#waiting.get(response.number)?.(response);
    this.#waiting.delete(response.number);
  }
}

/**
 * The config of a stack for a rendering, with other differences in place of its own. Every secret is a mark.
 * @param secrets names of the secrets that the program may ask for
 */
export function settingOf(
  project: Project,
  files: StackFiles,
  differs: Tree,
  secrets: readonly string[],
): Setting {
  const { name, settings } = project;
  const { plain, secret } = rehearsalConfig(name, files.stack, files.settings, secrets);
  const base = isTree(settings.config) ? settings.config : {};
  const texts = Object.entries({ ...base, ...plain, [`${name}:differs`]: differs }).map(([key, value]) => [
    key,
    text(value),
  ]);
  const marks = Object.keys(secret).map((key) => [key, mark("config", key)]);
  return {
    project: name,
    stack: files.stack,
    config: Object.fromEntries([...texts, ...marks]),
    secretKeys: Object.keys(secret),
  };
}

// A value of the project's config may stand under `value` or, with a type, under `default`; the engine hands over texts.
function text(value: unknown): string {
  const inside = isTree(value) ? (value.value ?? value.default ?? value) : value;
  return typeof inside === "string" ? inside : JSON.stringify(inside);
}
