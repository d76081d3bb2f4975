import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A custom domain of an app. */
export class Domain extends HerokuResource implements Outputs<DomainState> {
  /** @internal */
  static readonly __pulumiType = "heroku:domain/domain:Domain";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: DomainState,
    opts?: pulumi.CustomResourceOptions,
  ): Domain {
    return new Domain(name, state as DomainArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Domain {
    return isOfType(obj, Domain.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  /** Host name for the DNS record of the domain. */
  declare readonly cname: pulumi.Output<string>;
  declare readonly hostname: pulumi.Output<string>;
  declare readonly sniEndpointId: pulumi.Output<string | undefined>;

  constructor(name: string, args: DomainArgs, opts?: pulumi.CustomResourceOptions) {
    super(Domain.__pulumiType, properties, name, args, opts);
  }
}

export interface DomainArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** The full domain name. Replace on change. */
  hostname: pulumi.Input<string>;
  /**
   * UUID of the `ssl.Ssl` with the certificate. Default: none, as with Automated Certificate
   * Management.
   */
  sniEndpointId?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface DomainState extends Partial<DomainArgs> {
  cname?: pulumi.Input<string>;
}

const properties: Properties<DomainArgs, DomainState> = {
  appId: "required",
  cname: "computed",
  hostname: "required",
  sniEndpointId: "optional",
};
