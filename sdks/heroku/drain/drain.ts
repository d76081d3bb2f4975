import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** Sends the logs of an app to a URL: exactly one of `url` and `sensitiveUrl`. */
export class Drain extends HerokuResource implements Outputs<DrainState> {
  /** @internal */
  static readonly __pulumiType = "heroku:drain/drain:Drain";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: DrainState,
    opts?: pulumi.CustomResourceOptions,
  ): Drain {
    return new Drain(name, state as DrainArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Drain {
    return isOfType(obj, Drain.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly sensitiveUrl: pulumi.Output<string | undefined>;
  /** Token in each line of the log. */
  declare readonly token: pulumi.Output<string>;
  declare readonly url: pulumi.Output<string | undefined>;

  constructor(name: string, args: DrainArgs, opts?: pulumi.CustomResourceOptions) {
    super(Drain.__pulumiType, properties, name, args, opts);
  }
}

export interface DrainArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** URL that contains a credential, kept secret; excludes `url`. Replace on change. */
  sensitiveUrl?: pulumi.Input<string>;
  /**
   * URL without a credential, for example `syslog+tls://…`; excludes `sensitiveUrl`. Replace on
   * change.
   */
  url?: pulumi.Input<string>;
}

/** The properties that can narrow the lookup of an existing resource. */
export interface DrainState extends Partial<DrainArgs> {
  token?: pulumi.Input<string>;
}

const properties: Properties<DrainArgs, DrainState> = {
  appId: "required",
  sensitiveUrl: "optional secret",
  token: "computed",
  url: "optional",
};
