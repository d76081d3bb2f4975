import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

/**
 * A key pair held by Netlify. Add `publicKey` to the repository's host as a read-only key, and set
 * the ID in the site's repository, so that Netlify can clone it.
 */
export class DeployKey extends CustomResource {
  /** @internal */
  static readonly __pulumiType = "netlify:index/deployKey:DeployKey";

  /** The public half, in OpenSSH form. */
  declare readonly publicKey: Output<string>;

  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): DeployKey {
    return new DeployKey(name, {}, lookupOptions(id, opts));
  }

  constructor(name: string, _args: Record<string, never> = {}, opts?: CustomResourceOptions) {
    super(DeployKey.__pulumiType, name, { publicKey: undefined }, packageOptions(opts));
  }
}
