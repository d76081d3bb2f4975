import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { lookupOptions, packageOptions } from "./options";

export interface CertificateArgs {
  /** The ID of a site with a custom domain. A change replaces the certificate. */
  siteId: Input<string>;
  /** How long to wait for the domain's DNS record to become visible, in seconds. Default 300. */
  dnsTimeout?: Input<number>;
}

/**
 * The managed certificate of a site's custom domain. Make it depend on the domain's DNS record.
 * Import: the site's ID. Netlify cannot delete it: it goes with the domain or the site.
 */
export class Certificate extends CustomResource {
  /** @internal */
  static readonly __pulumiType = "netlify:index/certificate:Certificate";

  declare readonly siteId: Output<string>;
  declare readonly dnsTimeout: Output<number | undefined>;
  /** Netlify's status of the certificate, for example `issued`. */
  declare readonly state: Output<string>;
  declare readonly domains: Output<string[]>;
  /** RFC 3339; undefined until it is issued. */
  declare readonly expiresAt: Output<string | undefined>;

  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Certificate {
    return new Certificate(name, undefined, lookupOptions(id, opts));
  }

  constructor(name: string, args: CertificateArgs | undefined, opts?: CustomResourceOptions) {
    const outputs = { state: undefined, domains: undefined, expiresAt: undefined };
    const inputs = { siteId: args?.siteId, dnsTimeout: args?.dnsTimeout, ...outputs };
    super(Certificate.__pulumiType, name, inputs, packageOptions(opts));
  }
}
