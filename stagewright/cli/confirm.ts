import { createInterface } from "node:readline/promises";
import { ExitCode } from "./exit";
import { UsageError } from "./usage";

/**
 * Asks a person whether to continue. With `--yes` it continues without asking.
 *
 * @param question the action as a sentence without its question mark
 * @throws ExitCode 1 if the answer is no; UsageError without a terminal
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
