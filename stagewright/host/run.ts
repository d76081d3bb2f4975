import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program ended. */
export interface Ended {
  /** The exit code; -1 where a signal ended it or it could not start. */
  code: number;
  /** What it wrote to its standard output. */
  stdout: string;
  /** Everything it wrote, both streams in order of arrival. */
  output: string;
}

interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input. */
  input?: string;
  /** Called with each line of its output. */
  line?: (line: string) => void;
  /** It is killed after this many milliseconds; default: never. */
  timeoutMs?: number;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program to its end, hidden. Where this process is stopped, so are the program and all that
 * it started.
 */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, detached: true, stdio: "pipe" });
    let [stdout, output] = ["", ""];
    const kill = () => {
      try {
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      } catch {
        // already gone
      }
    };
    const stopped = (signal: NodeJS.Signals) => {
      kill();
      process.exit(signal === "SIGINT" ? 130 : 143); // so that the `exit` handlers clean up
    };
    const timer = options.timeoutMs ? setTimeout(kill, options.timeoutMs) : undefined;
    for (const signal of SIGNALS) process.on(signal, stopped);
    process.on("exit", kill);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        if (stream === child.stdout) stdout += `${line}\n`;
        output += `${line}\n`;
        options.line?.(line);
      });
    }
    child.stdin.on("error", () => {}); // it may not read its input
    child.stdin.end(options.input ?? "");
    const end = (code: number) => {
      clearTimeout(timer);
      for (const signal of SIGNALS) process.off(signal, stopped);
      process.off("exit", kill);
      resolve({ code, stdout, output });
    };
    child.on("error", (error) => {
      output += error.message;
      end(-1);
    });
    child.on("close", (code) => end(code ?? -1));
  });
}
