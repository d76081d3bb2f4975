import type { Input } from "@pulumi/pulumi/output";
import { type CustomResourceOptions, type ID, mergeOptions } from "@pulumi/pulumi/resource";
import { version } from "./package.json";

/** The options of a resource of this package: its version, unless the caller asks for another. */
export function packageOptions(opts: CustomResourceOptions = {}): CustomResourceOptions {
  return { ...opts, version: opts.version ?? version };
}

/** The options of a lookup by ID. */
export function lookupOptions(id: Input<ID>, opts: CustomResourceOptions = {}): CustomResourceOptions {
  return mergeOptions(opts, { id });
}
