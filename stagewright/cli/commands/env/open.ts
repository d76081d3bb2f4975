import { spawn } from "node:child_process";
import { Command } from "commander";
import { Refusal } from "../../../ephemeral/refusal";
import { openSystem, refusing, type SystemOptions, withSystem } from "./system";

/** `stagewright env open NAME` */
export function openCommand(): Command {
  const command = new Command("open")
    .description(
      "print the address of one, its GUI's or else its API's, and open it in a browser where there is one",
    )
    .argument("<NAME>", "its name");
  return withSystem(command).action(async (name: string, options: SystemOptions) => {
    const { environments } = openSystem(options);
    const url = await refusing(async () => {
      const found = (await environments.list()).find((view) => view.name === name);
      const address = found?.urls.gui ?? found?.urls.api;
      if (address !== undefined) return address;
      throw new Refusal(
        found ? `${name} has no address: it is ${found.state}` : `there is no ephemeral environment ${name}`,
      );
    });
    console.log(url);
    if (process.stdout.isTTY && !options.rehearse) browse(url);
  });
}

function browse(url: string): void {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  spawn(opener, [url], { stdio: "ignore", detached: true })
    .on("error", () => {}) // no browser found; the URL has been printed
    .unref();
}
