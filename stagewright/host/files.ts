import { sync as writeAtomically } from "write-file-atomic";

/**
 * Puts a file in its place in one step: whoever reads it sees the old content or the new, and a
 * full disk leaves the old.
 *
 * @param mode the permissions of a new file. Default: what the umask leaves of 0666; an old file
 *   keeps its own
 * @throws the system's error, which names the file
 */
export function replaceFile(file: string, content: string | Buffer, mode?: number): void {
  try {
    writeAtomically(file, content, { mode });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOSPC" ? "its disk is full" : message;
    throw Object.assign(error as Error, { message: `${file}: cannot be written: ${why}` });
  }
}
