import { existsSync } from "node:fs";
import path from "node:path";
import { ConfigError, type Problem } from "../environment/problems";
import { systemChecks } from "../release/checks/system";
import { type Project, readProject, readStack, type StackFiles } from "./project";

/**
 * All stacks of a project, checked against each other: what no single stack shows, such as a
 * promotion that goes in a circle.
 * @throws ConfigError with everything that is wrong in one stack, or else between them.
 */
export function readSystem(project: Project): StackFiles[] {
  const all = project.stacks.map((stack) => readStack(project, stack));
  const problems = mismatches(all);
  if (problems.length > 0) throw new ConfigError(problems);
  return all;
}

/**
 * One stack, checked against the others. A mistake in another stack's file is told when that one is
 * used, or where it keeps the stacks from being compared.
 * @throws ConfigError with everything that is wrong with the stack, or else between it and the
 *   others.
 */
export function readStackOfSystem(project: Project, stack: string): StackFiles {
  const files = readStack(project, stack);
  const others = project.stacks.filter((other) => other !== stack).map((other) => attempt(project, other));
  const readable = others.filter((other): other is StackFiles => !(other instanceof ConfigError));
  const broken = others.filter((other): other is ConfigError => other instanceof ConfigError);
  const problems = mismatches([files, ...readable]);
  // What does not fit may do so only because the other stack is missing.
  if (problems.length > 0) throw broken[0] ?? new ConfigError(problems);
  return files;
}

/**
 * The same for an engine's own run, where the files of the other stacks lie beside this one's.
 * Where they do not (a stack made elsewhere, a folder with one stack), there is nothing to compare.
 * @param dir folder of `Pulumi.yaml`
 * @throws ConfigError with everything that is wrong between the stack and the others.
 */
export function checkBesideOthers(dir: string, name: string, stack: string): void {
  if (!existsSync(path.join(dir, "Pulumi.yaml"))) return;
  const project = readProject(dir);
  if (project.name !== name || !project.stacks.includes(stack) || project.stacks.length < 2) return;
  readStackOfSystem(project, stack);
}

function attempt(project: Project, stack: string): StackFiles | ConfigError {
  try {
    return readStack(project, stack);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function mismatches(all: readonly StackFiles[]): Problem[] {
  const system = Object.fromEntries(all.map(({ stack, spec }) => [stack, spec]));
  return systemChecks(system).flatMap(({ stack, path, says }) =>
    all.filter((files) => files.stack === stack).map((files) => ({ ...files.place(path), says })),
  );
}
