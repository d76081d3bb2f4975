import type * as pulumi from "@pulumi/pulumi";

/**
 * Resource options of what holds data: where it is protected, the engine refuses to delete or
 * replace it, and it stays at the vendor when the stack or its declaration goes.
 */
export function kept(isProtected: boolean): pulumi.CustomResourceOptions {
  return isProtected ? { protect: true, retainOnDelete: true } : {};
}
