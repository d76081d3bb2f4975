import { parseFailure } from "../../rehearsal/conditions";
import { Mini, request } from "./mini";

// Creates environments whose engine is killed once it has made the app, in a process of its own, as for the crowd.

async function main(folder: string, names: string[]): Promise<void> {
  const mini = new Mini(folder);
  for (const name of names) {
    const failures = [parseFailure("App:create:1:crash")].filter((failure) => failure !== undefined);
    try {
      await mini
        .environments("anton", { failures })
        .create(mini.project, { request: request(name), like: mini.like });
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
    }
  }
}

void main(process.argv[2] ?? "", process.argv.slice(3));
