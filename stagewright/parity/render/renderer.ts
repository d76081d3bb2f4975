import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { isTree, type Tree } from "../../environment/merge";
import { requiredSecrets } from "../../environment/references";
import type { Project, StackFiles } from "../../project/project";
import { EngineError } from "../../rehearsal/errors";
import { rehearsalConfig } from "../../rehearsal/placeholders";
import type { Graph } from "../../resources/graph";
import { mark } from "./marks";
import type { Setting } from "./recorder";
import type { RenderRequest, RenderResponse, Simulated } from "./worker";

/**
 * Renders a project's program with one setting after another, without an engine and within
 * milliseconds, in a separate process, where programs that fail on a half-changed spec can do no
 * harm. Values that a vendor would compute are marks (see `marks.ts`).
 */
export class Renderer {
  readonly #worker: ChildProcess;
  readonly #waiting = new Map<number, (response: RenderResponse) => void>();
  // Answers are cached, because comparisons of several stacks share many questions.
  readonly #asked = new Map<string, Promise<RenderResponse>>();
  #count = 0;

  constructor(readonly project: Project) {
    // The worker is TypeScript, loaded the same way as the command itself.
    this.#worker = fork(path.join(__dirname, "worker.ts"), {
      execArgv: ["--require", require.resolve("../../typescript.js")],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#worker.on("message", (response: RenderResponse) => this.#answer(response));
    this.#worker.on("exit", (code) => {
      for (const number of this.#waiting.keys())
        this.#answer({ number, error: `the renderer ended with ${code}` });
    });
  }

  /**
   * Renders the graph of a stack.
   * @param project another one, whose program loads the same packages. Default: the renderer's own
   * @throws EngineError if the spec or the program refuses the setting
   */
  async render(setting: Setting, project = this.project): Promise<Graph> {
    const { resources, error } = await this.#ask(setting, project, false);
    if (!resources) throw new EngineError(`the program of ${setting.stack} cannot be rendered: ${error}`);
    return new Map(resources.map((resource) => [resource.key, resource]));
  }

  /**
   * Renders the things that a stack's program makes in a rehearsal cloud, without an engine.
   * @throws EngineError as above.
   */
  async simulate(setting: Setting, project = this.project): Promise<Simulated> {
    const { simulated, error } = await this.#ask(setting, project, true);
    if (!simulated) throw new EngineError(`the program of ${setting.stack} cannot be rendered: ${error}`);
    return simulated;
  }

  #ask(setting: Setting, { dir, settings }: Project, simulate: boolean): Promise<RenderResponse> {
    const main = typeof settings.main === "string" ? settings.main : "index.ts";
    const question = { main: path.resolve(dir, main), setting, simulate };
    const key = JSON.stringify(question);
    const response = this.#asked.get(key) ?? this.#send(question);
    this.#asked.set(key, response);
    return response;
  }

  #send(question: Omit<RenderRequest, "number">): Promise<RenderResponse> {
    const number = this.#count++;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#worker.send({ number, ...question } satisfies RenderRequest);
    });
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
 * Returns the config of a stack for a rendering, with other differences in place of its own. Every
 * secret is a mark.
 * @param secrets names of the secrets that the program may ask for
 */
export function settingOf(
  project: Project,
  files: StackFiles,
  differs: Tree,
  secrets: readonly string[],
): Setting {
  const { secret } = rehearsalConfig(project.name, files.stack, files.settings, secrets);
  const marks = Object.fromEntries(Object.keys(secret).map((key) => [key, mark("config", key)]));
  return settingWith(project, files, differs, marks);
}

/** Returns the config of a stack for a simulation, with a rehearsal's placeholders for secrets. */
export function simulationOf(project: Project, files: StackFiles): Setting {
  const { secret } = rehearsalConfig(project.name, files.stack, files.settings, requiredSecrets(files.spec));
  return settingWith(project, files, files.differs, secret);
}

function settingWith(
  { name, settings }: Project,
  files: StackFiles,
  differs: Tree,
  secret: Record<string, string>,
): Setting {
  const { plain } = rehearsalConfig(name, files.stack, files.settings, requiredSecrets(files.spec));
  const base = isTree(settings.config) ? settings.config : {};
  const texts = Object.entries({ ...base, ...plain, [`${name}:differs`]: differs }).map(([key, value]) => [
    key,
    text(value),
  ]);
  return {
    project: name,
    stack: files.stack,
    config: { ...Object.fromEntries(texts), ...secret },
    secretKeys: Object.keys(secret),
  };
}

// The project's config holds a value under `value` or, with a type, under `default`; the engine
// passes strings.
function text(value: unknown): string {
  const inside = isTree(value) ? (value.value ?? value.default ?? value) : value;
  return typeof inside === "string" ? inside : JSON.stringify(inside);
}
