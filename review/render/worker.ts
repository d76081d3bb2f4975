import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { seed } from "../../rehearsal/seed";
import { CloudStore } from "../../rehearsal/store";
import { vendors } from "../../rehearsal/vendors";
import type { Tree } from "../../spec/merge";
import { resolveSpec } from "../../spec/validate";
import type { GraphResource } from "../graph";
import { type Invoke, record, type Setting } from "./recorder";

/** One program to render with one setting. */
export interface RenderRequest {
  number: number;
  /** File that exports the program. */
  main: string;
  setting: Setting;
}

export interface RenderResponse {
  number: number;
  resources?: GraphResource[];
  /** Why the program could not be rendered. */
  error?: string;
}

// The Pulumi runtime takes a stack trace for every promise, which is most of a rendering's time, and nobody reads them.
Error.stackTraceLimit = 0;

// Of registrations that run side by side each may be refused, and not every refusal reaches the program.
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

async function respond({ number, main, setting }: RenderRequest): Promise<RenderResponse> {
  const cloud = new CloudStore(":memory:");
  refusals = [];
  try {
    const program = require(path.resolve(main)) as () => unknown;
    seed(cloud, specOf(setting));
    const broken = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const graph = await Promise.race([record(program, setting, lookup(cloud)), broken]);
    await setImmediate(); // until then the last refusals are known
    if (refusals.length > 0) throw refusals[0];
    return { number, resources: [...graph.values()] };
  } catch (error) {
    await setImmediate();
    return { number, error: error instanceof Error ? error.message : String(error) };
  } finally {
    cloud.close();
  }
}

function specOf({ project, stack, config }: Setting) {
  const half = (name: string) => JSON.parse(config[`${project}:${name}`] ?? "null") as Tree;
  return resolveSpec(half("environment"), half("differs"), { project, stack });
}

// What a program looks up exists before it runs, so the rehearsal cloud can say it as well as a real run.
function lookup(cloud: CloudStore): Invoke {
  return (token, args, provider) => {
    const vendor = vendors.find(({ name }) => name === token.split(":")[0]);
    const call = vendor?.functions?.[token];
    if (!vendor || !call) throw new Error(`the rehearsal cloud does not know the function ${token}`);
    return call(args, vendor.caller(plain(provider)), cloud);
  };
}

// A provider's inputs are texts; what is no text travels as JSON. https://github.com/pulumi/pulumi/issues/4315
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
