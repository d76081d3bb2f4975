import { CommanderError } from "commander";
import { ConfigError } from "../environment/problems";
import { command } from "./command";
import { ExitCode } from "./exit";
import { UsageError } from "./usage";

/** Runs the command and exits with its code. A user's mistake never prints a stack trace. */
async function main(): Promise<void> {
  try {
    await command(process.argv[2]).parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof ExitCode) return error.code;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed the error
  if (error instanceof ConfigError || error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  // Errors of the operating system name the file.
  const known =
    error instanceof Error &&
    (["EngineError", "EngineMissing", "ProviderError"].includes(error.name) || "syscall" in error);
  console.error(known ? error.message : error);
  return 3;
}

void main();
