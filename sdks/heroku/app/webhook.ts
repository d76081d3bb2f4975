import type * as pulumi from "@pulumi/pulumi";
import { HerokuResource, isOfType, type Outputs, type Properties } from "../resource";

/** A call that Heroku makes when something happens to an app. */
export class Webhook extends HerokuResource implements Outputs<WebhookState> {
  /** @internal */
  static readonly __pulumiType = "heroku:app/webhook:Webhook";

  /**
   * Reads an existing resource by its provider `id`, without managing it; `state` narrows the
   * lookup.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: WebhookState,
    opts?: pulumi.CustomResourceOptions,
  ): Webhook {
    return new Webhook(name, state as WebhookArgs, { ...opts, id });
  }

  static override isInstance(obj: unknown): obj is Webhook {
    return isOfType(obj, Webhook.__pulumiType);
  }

  declare readonly appId: pulumi.Output<string>;
  declare readonly authorization: pulumi.Output<string | undefined>;
  declare readonly includes: pulumi.Output<string[]>;
  declare readonly level: pulumi.Output<string>;
  declare readonly secret: pulumi.Output<string | undefined>;
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: WebhookArgs, opts?: pulumi.CustomResourceOptions) {
    super(Webhook.__pulumiType, properties, name, args, opts);
  }
}

export interface WebhookArgs {
  /** UUID of the app, not its name. Replace on change. */
  appId: pulumi.Input<string>;
  /** Value of the `Authorization` header; Heroku never gives it back. Default: no such header. */
  authorization?: pulumi.Input<string>;
  /** Kinds of events, for example `api:release` or `api:build`. */
  includes: pulumi.Input<pulumi.Input<string>[]>;
  /** `notify`: one try; `sync`: tried again until it is answered. */
  level: pulumi.Input<string>;
  /** Key that signs the calls; Heroku never gives it back. Default: made by Heroku. */
  secret?: pulumi.Input<string>;
  /** Address that is called. */
  url: pulumi.Input<string>;
}

/** What a lookup of an existing resource may state. */
export type WebhookState = Partial<WebhookArgs>;

const properties: Properties<WebhookArgs, WebhookState> = {
  appId: "required",
  authorization: "optional secret",
  includes: "required",
  level: "required",
  secret: "optional secret",
  url: "required",
};
