import { createInterface } from "node:readline/promises";
import { ExitCode } from "./exit";
import { UsageError } from "./usage";

/**
 * Asks a person whether to go on. Goes on without a question where `--yes` has been given.
 *
 * @param question what would be done, as a sentence without its question mark
 * @throws ExitCode 1 where the answer is no; UsageError where there is no terminal to answer at
 */
export async function confirm(question: string, yes = false): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new UsageError(`${question}? Nobody can answer here: --yes says yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question}? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new ExitCode(1);
  } finally {
    terminal.close();
  }
}
