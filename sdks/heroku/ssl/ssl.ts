import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A custom certificate (an SNI endpoint). The `sniEndpointId` of a domain refers to its `id`. */
export class Ssl extends HerokuResource implements Outputs<SslState> {
  /** @internal */
  static readonly __pulumiType = "heroku:ssl/ssl:Ssl";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: SslState,
    opts?: pulumi.CustomResourceOptions,
  ): Ssl {
    return new Ssl(name, state as SslArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Ssl {
    return isOfType(obj, Ssl.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly certificateChain: pulumi.Output<string>;
  /** Name assigned by Heroku. */
  declare readonly name: pulumi.Output<string>;
  declare readonly privateKey: pulumi.Output<string | undefined>;

  constructor(name: string, args: SslArgs, opts?: pulumi.CustomResourceOptions) {
    super(Ssl.__pulumiType, properties, name, args, opts);
  }
}

export interface SslArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** The certificate and its intermediates, in PEM. */
  certificateChain: pulumi.Input<string>;
  /** Private key of the certificate, in PEM. Omit it only to import an existing certificate. */
  privateKey?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface SslState extends Partial<SslArgs> {
  name?: pulumi.Input<string>;
}

const properties: Properties<SslArgs, SslState> = {
  appId: "required",
  certificateChain: "required",
  name: "computed",
  privateKey: "optional secret",
};
