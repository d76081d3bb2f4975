import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/**
 * Config vars of an app that is declared elsewhere, or whose values are known only after the app
 * exists.
 */
export class ConfigAssociation extends HerokuResource implements Outputs<ConfigAssociationState> {
  /** @internal */
  static readonly __pulumiType = "heroku:app/configAssociation:ConfigAssociation";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ConfigAssociationState,
    opts?: pulumi.CustomResourceOptions,
  ): ConfigAssociation {
    return new ConfigAssociation(name, state as ConfigAssociationArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is ConfigAssociation {
    return isOfType(obj, ConfigAssociation.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly sensitiveVars: pulumi.Output<Record<string, string> | undefined>;
  declare readonly vars: pulumi.Output<Record<string, string> | undefined>;

  constructor(name: string, args: ConfigAssociationArgs, opts?: pulumi.CustomResourceOptions) {
    super(ConfigAssociation.__pulumiType, properties, name, args, opts);
  }
}

export interface ConfigAssociationArgs {
  /** UUID of the app, not its name. */
  appId: pulumi.Input<string>;
  /** Secret config vars. A name must not be in both maps. Default: none. */
  sensitiveVars?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Plain config vars. Default: none. */
  vars?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** The properties that can narrow the lookup of an existing resource. */
export type ConfigAssociationState = Partial<ConfigAssociationArgs>;

const properties: Properties<ConfigAssociationArgs, ConfigAssociationState> = {
  appId: "required",
  sensitiveVars: "optional secret",
  vars: "optional",
};
