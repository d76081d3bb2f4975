import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { packageOf } from "../../../providers/protocol/names";
import type { Tree } from "../../environment/merge";
import { resolveSpec } from "../../project/validate";
import { seed, seedOthers } from "../../rehearsal/seed";
import { CloudStore, type Thing } from "../../rehearsal/store";
import { vendors } from "../../rehearsal/vendors";
import type { GraphResource, ResourceState } from "../../resources/graph";
import { makerIn } from "./maker";
import { type Invoke, record, recordStates, type Setting } from "./recorder";

/** One program to render with one setting. */
export interface RenderRequest {
  number: number;
  /** The file that exports the program. */
  main: string;
  setting: Setting;
  /** Whether vendor values come from the rehearsal cloud instead of being marks. */
  simulate?: boolean;
}

/**
 * The resources that a program makes, in the form of a state, and everything in the cloud
 * afterwards.
 */
export interface Simulated {
  /** Secrets are in wire format. */
  resources: ResourceState[];
  things: Thing[];
}

export interface RenderResponse {
  number: number;
  resources?: GraphResource[];
  /** Returned instead for a simulation. */
  simulated?: Simulated;
  /** The reason why the program could not be rendered. */
  error?: string;
}

// The Pulumi runtime takes a stack trace for every promise, which takes most of a rendering's time;
// nobody reads them.
Error.stackTraceLimit = 0;

// Any of several parallel registrations may be refused, and not every refusal reaches the program.
let refusals: unknown[] = [];
process.on("unhandledRejection", (reason) => refusals.push(reason));
let giveUp: (error: unknown) => void = () => {};
process.on("uncaughtException", (error) => giveUp(error));
process.on("disconnect", () => process.exit());

let before = Promise.resolve();
process.on("message", (request: RenderRequest) => {
  before = before.then(async () => {
    process.send?.(await respond(request));
  });
});

async function respond({ number, main, setting, simulate }: RenderRequest): Promise<RenderResponse> {
  const cloud = new CloudStore(":memory:");
  refusals = [];
  try {
    const program = require(path.resolve(main)) as () => unknown;
    const spec = specOf(setting);
    seed(cloud, spec);
    seedOthers(cloud, spec);
    const broken = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const made = simulate ? simulated(program, setting, cloud) : rendered(program, setting, cloud);
    const response = await Promise.race([made, broken]);
    await setImmediate(); // until then the last refusals are known
    if (refusals.length > 0) throw refusals[0];
    return { number, ...response };
  } catch (error) {
    await setImmediate();
    return { number, error: error instanceof Error ? error.message : String(error) };
  } finally {
    cloud.close();
  }
}

async function rendered(program: () => unknown, setting: Setting, cloud: CloudStore) {
  const graph = await record(program, setting, lookup(cloud));
  return { resources: [...graph.values()] };
}

async function simulated(program: () => unknown, setting: Setting, cloud: CloudStore) {
  const { make, stop } = await makerIn(cloud);
  try {
    const states = await recordStates(program, setting, lookup(cloud), make);
    return { simulated: { resources: states, things: cloud.all() } };
  } finally {
    stop();
  }
}

function specOf({ project, stack, config }: Setting) {
  const half = (name: string) => JSON.parse(config[`${project}:${name}`] ?? "null") as Tree;
  return resolveSpec(half("environment"), half("differs"), { project, stack });
}

// Things that a program looks up exist before it runs, so the rehearsal cloud answers as a real run
// would.
function lookup(cloud: CloudStore): Invoke {
  return (token, args, provider) => {
    const vendor = vendors.find(({ name }) => name === packageOf(token));
    const call = vendor?.functions?.[token];
    if (!vendor || !call) throw new Error(`the rehearsal cloud does not know the function ${token}`);
    return call(args, vendor.caller(plain(provider)), cloud);
  };
}

// A provider's inputs are strings; other values travel as JSON.
// https://github.com/pulumi/pulumi/issues/4315
function plain(inputs: Tree): Tree {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      try {
        return [key, typeof value === "string" ? JSON.parse(value) : value];
      } catch {
        return [key, value];
      }
    }),
  );
}
