import { existsSync } from "node:fs";
import path from "node:path";
import { ConfigError, type Problem } from "../environment/problems";
import { systemChecks } from "../release/checks/system";
import { type Project, readProject, readStack, type StackFiles } from "./project";

/**
 * Reads all stacks of a project and checks them against each other for faults that no single stack
 * shows, such as circular promotion.
 * @throws ConfigError with all problems of one stack, or else of their combination.
 */
export function readSystem(project: Project): StackFiles[] {
  const all = project.stacks.map((stack) => readStack(project, stack));
  const problems = mismatches(all);
  if (problems.length > 0) throw new ConfigError(problems);
  return all;
}

/**
 * Reads one stack and checks it against the others. A mistake in another stack's file is reported
 * when that stack is used, or if it prevents the comparison.
 * @throws ConfigError with all problems of the stack, or else of its combination with the others.
 */
export function readStackOfSystem(project: Project, stack: string): StackFiles {
  const files = readStack(project, stack);
  const others = project.stacks.filter((other) => other !== stack).map((other) => attempt(project, other));
  const readable = others.filter((other): other is StackFiles => !(other instanceof ConfigError));
  const broken = others.filter((other): other is ConfigError => other instanceof ConfigError);
  const problems = mismatches([files, ...readable]);
  // The mismatch may exist only because the other stack is missing.
  if (problems.length > 0) throw broken[0] ?? new ConfigError(problems);
  return files;
}

/**
 * Does the same within an engine run if the other stacks' files are beside this one's. Otherwise (a
 * stack made elsewhere, a folder with one stack) it compares nothing.
 * @param dir folder of `Pulumi.yaml`
 * @throws ConfigError with all conflicts between the stack and the others.
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
