/**
 * The plugin's entry point, which the engine starts: prints its port, then serves until the engine
 * exits.
 */
import { serve } from "../protocol/serve";
import { netlifyProvider } from "./provider";

const PARENT_CHECK_MS = 1_000;

async function main(): Promise<void> {
  // Ctrl-C reaches the whole process group, but a call in progress must still be answered, or the
  // resource that it creates is orphaned.
  process.on("SIGINT", () => {});
  const served = await serve(netlifyProvider());
  process.stdout.write(`${served.port}\n`);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MS);
}

void main();
