import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { startNode, stop } from "./children";
import { runner } from "./modules";
import { runtimeOptions } from "./options";

// `@pulumi/pulumi/cmd/run` exits with this code if it has already reported the error.
const SHOWN = 32;

/** Runs a Pulumi program to its end. It inherits this host's output, which the engine shows. */
export function runProgram(
  request: RunRequest,
  engine: string,
  cancelled: AbortSignal,
): Promise<RunResponse> {
  const options = runtimeOptions(request.getInfo());
  const child = startNode([...options.nodeargs, ...programArguments(request, engine)], {
    cwd: directoryOf(request),
    env: { ...process.env, ...programEnvironment(request, options.typescript) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  cancelled.addEventListener("abort", () => stop(child));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(failed(`Node could not be started: ${error.message}`)));
    child.on("close", (code, signal) => resolve(ended(code, signal)));
  });
}

/**
 * The command line of `@pulumi/pulumi/cmd/run`: the flags to reach the engine, the program and its
 * arguments.
 */
function programArguments(request: RunRequest, engine: string): string[] {
  const info = request.getInfo();
  const flags: [string, string][] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engine],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info?.getRootDirectory() ?? ""],
    ["stack", request.getStack()],
    ["pwd", directoryOf(request)],
    ["parallel", String(request.getParallel())],
  ];
  return [
    runner("run", directoryOf(request)),
    ...flags.filter(([, value]) => value !== "").flatMap(([flag, value]) => [`--${flag}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

// The entry point is relative to this.
function directoryOf(request: RunRequest): string {
  return request.getInfo()?.getProgramDirectory() || request.getPwd() || process.cwd();
}

function programEnvironment(request: RunRequest, typescript: boolean): NodeJS.ProcessEnv {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
  };
}

function ended(code: number | null, signal: NodeJS.Signals | null): RunResponse {
  if (code === 0) return new RunResponse();
  if (code === SHOWN) return new RunResponse().setBail(true);
  return failed(signal ? `the program was ended by ${signal}` : `the program ended with exit code ${code}`);
}

function failed(reason: string): RunResponse {
  return new RunResponse().setError(reason);
}
