import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { startNode, stop } from "./children";
import { runner } from "./modules";
import { runtimeOptions } from "./options";

const ANALYZER = "analyzer"; // the engine's kind for a policy pack

/**
 * Runs a Node plugin (a provider or a policy pack), and streams its output and at the end its exit
 * code. The engine reads the plugin's port from the first line.
 */
export function runPlugin(
  request: RunPluginRequest,
  send: (response: RunPluginResponse) => void,
  cancelled: AbortSignal,
): Promise<void> {
  const { cwd, args } = commandLine(request);
  const child = startNode(args, {
    cwd,
    env: environment(request.getEnvList()),
    stdio: ["ignore", "pipe", "pipe"],
  });
  cancelled.addEventListener("abort", () => stop(child));
  child.stdout?.on("data", (chunk: Buffer) => send(new RunPluginResponse().setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => send(new RunPluginResponse().setStderr(chunk)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      send(new RunPluginResponse().setExitcode(code ?? 1));
      resolve();
    });
  });
}

// A plugin's `nodeargs` follow the module that runs it, so Node does not see them. The official
// host does the same, and a plugin that works with this host must work with that one. A plugin in
// TypeScript has an `index.js` that requires `tsx/cjs`.
function commandLine(request: RunPluginRequest): { cwd?: string; args: string[] } {
  const directory = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const { nodeargs } = runtimeOptions(request.getInfo());
  const args = request.getArgsList();
  if (request.getKind() === ANALYZER) {
    return { cwd: directory, args: [runner("run-policy-pack", directory), ...nodeargs, ...args, directory] };
  }
  const cwd = request.getPwd() || undefined;
  return { cwd, args: [runner("run-plugin", directory), ...nodeargs, directory, ...args] };
}

// The engine sends the whole environment in the form `KEY=value`; the last value of a key wins.
function environment(pairs: string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    pairs.map((pair) => {
      const end = pair.indexOf("=", 1);
      return [pair.slice(0, end), pair.slice(end + 1)];
    }),
  );
}
