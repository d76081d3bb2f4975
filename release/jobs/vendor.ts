import type { Step } from "./job";

/** How a vendor is deployed to. */
export interface Vendor {
  /** Shown by GitHub, for example `Heroku`. */
  name: string;
  /** Minutes that a deploy may take at most. */
  minutes: number;
  /** Name of the environment's variable that holds the address of what is deployed. */
  address: string;
  /** Looks at the commit and the vendor before anything changes. */
  prepare: Step[];
  /** Deploys the commit; its step has the id `deploy`. */
  deploy: Step[];
  /** Brings back what ran before, after a failure. */
  restore: Step[];
  /** Runs a command in the environment. */
  run(command: string): Step;
}
