import { userInfo } from "node:os";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { Environments } from "../../../ephemeral/environments";
import { Refusal } from "../../../ephemeral/refusal";
import { RealStacks } from "../../../ephemeral/stacks/real";
import { RehearsedStacks } from "../../../ephemeral/stacks/rehearsed";
import { type Project, readProject } from "../../../project/project";
import type { Conditions, Failure } from "../../../rehearsal/conditions";
import { loadProgram } from "../../../rehearsal/run";
import { ExitCode } from "../../exit";
import { cloudOption, dirOption, failOption, latencyOption } from "../../options";

/** The options that every `env` command takes. */
export interface SystemOptions {
  dir: string;
  rehearse?: boolean;
  cloud: string;
  latency: NonNullable<Conditions["options"]["latency"]>;
  fail: Failure[];
}

/** Adds the options that every `env` command has. */
export function withSystem(command: Command): Command {
  return command
    .addOption(dirOption())
    .option("--rehearse", "in the rehearsal cloud, with no account and no secret")
    .addOption(cloudOption())
    .addOption(latencyOption())
    .addOption(failOption());
}

/**
 * The system in a folder and its ephemeral environments: the real ones, or those of a rehearsal.
 */
export function openSystem(options: SystemOptions): { project: Project; environments: Environments } {
  const project = readProject(path.resolve(options.dir));
  const onProgress = (line: string) => console.error(line);
  const { cloud, latency, fail: failures } = options;
  const stacks = options.rehearse
    ? new RehearsedStacks(project, { cloud, latency, failures, onProgress })
    : new RealStacks(project, onProgress);
  // On GitHub the actor is the person who started the run; elsewhere it is the user of this
  // machine.
  const user = process.env.GITHUB_ACTOR || userInfo().username;
  return { project, environments: new Environments({ stacks, program: () => loadProgram(project)(), user }) };
}

/** Reports why the answer is no and exits with code 1. `told` prints the reason with `--json`. */
export async function refusing<T>(work: () => Promise<T>, told?: (reason: string) => void): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) told?.(error.message);
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    throw new ExitCode(1);
  }
}

/** `--ttl` */
export const ttlOption = () => new Option("--ttl <time>", "time to live from now on: 72h, 14d or none");

/** Reads `N/M`. */
export function parseShard(text: string): { part: number; of: number } {
  const { part, of } = /^(?<part>\d{1,4})\/(?<of>\d{1,4})$/.exec(text)?.groups ?? {};
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new InvalidArgumentError(`'${text}' is not of the form PART/OF, for example 1/4`);
}
