import type { CommandName } from "../commands";
import type { ScriptStep, Step } from "./job";

/** How a vendor is deployed to. */
export interface Vendor {
  /** Shown by GitHub, for example `Heroku`. */
  name: string;
  /** Minutes that a deploy may take at most. */
  minutes: number;
  /** Name of the environment's variable that holds the address of what is deployed. */
  address: string;
  /** Names of the environment's secrets that a deploy reads. */
  secrets: readonly string[];
  /** Names of its variables. */
  variables: readonly string[];
  /** Looks at the commit and the vendor before anything changes. */
  prepare: Step[];
  /** Deploys the commit; its step has the id `deploy`. */
  deploy: Step[];
  /** Brings back what ran before, after a failure. */
  restore: Step[];
  /** Where and how commands run in the environment. */
  commands: Commands;
}

/** Commands that the spec states, run in an environment. */
export interface Commands {
  /** Names of the environment's secrets and variables that they read. */
  secrets: readonly string[];
  variables: readonly string[];
  /** Where they run, as a reader would say it: `in a one-off dyno`. */
  where: string;
  /** Finds out which commit the environment runs: the output `commit`. */
  serving?: ScriptStep;
  /** Runs one. */
  run(command: CommandName): Step;
  /** Runs the operations' command with what was typed, which the step `line` made ready. */
  operate?: ScriptStep;
  /** Says how the same is done from a laptop. */
  locally?(command: CommandName): ScriptStep;
}
