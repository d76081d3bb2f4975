import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import type { DeployedResource } from "../resources/deployment";

/** A stack's state as the backend stores it in a file, or the fault of that file. */
export type Checkpoint = { resources: DeployedResource[]; fault?: undefined } | { fault: string };

// The parts that are read here:
// https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/apitype/core.go
const content = z.object({
  version: z.int(),
  checkpoint: z.object({
    latest: z
      .object({
        resources: z
          .array(z.looseObject({ urn: z.string(), type: z.string(), custom: z.boolean().default(false) }))
          .nullish(),
      })
      .nullish(),
  }),
});

/**
 * Reads the file of a state. An unusable file has a fault, in words that follow the file's name.
 */
export function readCheckpoint(file: string): Checkpoint {
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") return { fault: "is empty" };
  try {
    const read = content.safeParse(JSON.parse(text));
    if (!read.success) return { fault: "is no state that Pulumi has written" };
    return { resources: (read.data.checkpoint.latest?.resources ?? []) as DeployedResource[] };
  } catch {
    return { fault: `is damaged: after ${statSync(file).size} bytes its JSON is not complete` };
  }
}
