/**
 * Ends the command with an exit code after all output has been printed: 1 the answer is no, 2 wrong
 * config, 3 engine or vendor failure.
 */
export class ExitCode extends Error {
  constructor(readonly code: 1 | 2 | 3) {
    super(`exit ${code}`);
  }
}
