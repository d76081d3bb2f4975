import type { Input } from "@pulumi/pulumi/output";
import { type CustomResourceOptions, type ID, mergeOptions } from "@pulumi/pulumi/resource";
import { version } from "./package.json";

/**
 * Returns the options of a resource of this package: its version, unless the caller sets another.
 */
export function packageOptions(opts: CustomResourceOptions = {}): CustomResourceOptions {
  return { ...opts, version: opts.version ?? version };
}

/** Returns the options of a lookup by ID. */
export function lookupOptions(id: Input<ID>, opts: CustomResourceOptions = {}): CustomResourceOptions {
  return mergeOptions(opts, { id });
}
