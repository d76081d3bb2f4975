import { parseFailure } from "../../stagewright/rehearsal/conditions";
import { Mini, request } from "./mini";

// Creates environments that fail, and says why, in a process of its own: an engine that ends early
// leaves the program with calls that nobody answers, which Node's test runner would take for a
// fault.

async function main(folder: string, failure: string, names: string[]): Promise<void> {
  const mini = new Mini(folder);
  for (const name of names) {
    const failures = [parseFailure(failure)].filter((parsed) => parsed !== undefined);
    const environments = mini.environments("anton", { failures });
    try {
      await environments.create(mini.project, { request: request(name), like: mini.like });
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
    }
  }
}

void main(process.argv[2] ?? "", process.argv[3] ?? "", process.argv.slice(4));
