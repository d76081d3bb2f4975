import { systemChecks } from "../release/checks/system";
import { ConfigError } from "./problems";
import { type Project, readStack, type StackFiles } from "./project";

/**
 * All stacks of a project, checked against each other: what no single stack shows, such as a promotion that goes in a circle.
 * @throws ConfigError with everything that is wrong in one stack, or else between them.
 */
export function readSystem(project: Project): StackFiles[] {
  const all = project.stacks.map((stack) => readStack(project, stack));
  refuseMismatches(all);
  return all;
}

/**
 * One stack, checked against those of the others that can be read: a mistake in another stack's file is told when that one is used.
 * @throws ConfigError with everything that is wrong with the stack, or else between it and the others.
 */
export function readStackOfSystem(project: Project, stack: string): StackFiles {
  const files = readStack(project, stack);
  const others = project.stacks
    .filter((other) => other !== stack)
    .flatMap((other) => readable(project, other));
  refuseMismatches([files, ...others]);
  return files;
}

function readable(project: Project, stack: string): StackFiles[] {
  try {
    return [readStack(project, stack)];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function refuseMismatches(all: readonly StackFiles[]): void {
  const system = Object.fromEntries(all.map(({ stack, spec }) => [stack, spec]));
  const problems = systemChecks(system).flatMap(({ stack, path, says }) =>
    all.filter((files) => files.stack === stack).map((files) => ({ ...files.place(path), says })),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}
