import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const GRACE_MS = 1_000;
const children = new Set<ChildProcess>();

/** Starts Node with these arguments. The process ends with this host at the latest. */
export function startNode(args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Asks a process to exit, and kills it after one second. */
export function stop(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  child.once("exit", () => clearTimeout(timer));
}

/** Stops every process that this host started; resolves when all have exited. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...children].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once("close", () => resolve());
          stop(child);
        }),
    ),
  );
}
