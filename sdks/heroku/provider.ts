import * as pulumi from "@pulumi/pulumi";
import { isOfType } from "./resource";
import type * as inputs from "./types/input";
import { resourceOptsDefaults } from "./utilities";

/**
 * The access to Heroku. Without a provider, resources use the stack's configuration
 * (`heroku:apiKey` and so on).
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "heroku";

  static override isInstance(obj: unknown): obj is Provider {
    return isOfType(obj, `pulumi:providers:${Provider.__pulumiType}`);
  }

  declare readonly apiKey: pulumi.Output<string | undefined>;
  declare readonly email: pulumi.Output<string | undefined>;
  declare readonly headers: pulumi.Output<string | undefined>;
  declare readonly url: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    super(
      Provider.__pulumiType,
      name,
      {
        apiKey: secretOf(args.apiKey),
        customizations: jsonOf(args.customizations),
        delays: jsonOf(args.delays),
        email: secretOf(args.email),
        headers: args.headers,
        timeouts: jsonOf(args.timeouts),
        url: args.url,
      },
      pulumi.mergeOptions(pulumi.mergeOptions(resourceOptsDefaults(), opts), {
        additionalSecretOutputs: ["apiKey", "email"],
      }),
    );
  }
}

/** A change of these settings never replaces a resource. */
export interface ProviderArgs {
  /**
   * Heroku API token; kept secret. Default: the environment variable `HEROKU_API_KEY`, then
   * `.netrc`.
   */
  apiKey?: pulumi.Input<string>;
  /** At most one entry. Default: all values are written to the state. */
  customizations?: pulumi.Input<pulumi.Input<inputs.ProviderCustomization>[]>;
  /** Default: 5 seconds each. */
  delays?: pulumi.Input<inputs.ProviderDelays>;
  /**
   * Ignored since Heroku ended password logins; kept secret. Default: the environment variable
   * `HEROKU_EMAIL`.
   */
  email?: pulumi.Input<string>;
  /**
   * Additional HTTP headers, as a JSON object in a string. Default: the environment variable
   * `HEROKU_HEADERS`.
   */
  headers?: pulumi.Input<string>;
  /** Default: 20 minutes for an add-on. */
  timeouts?: pulumi.Input<inputs.ProviderTimeouts>;
  /**
   * URL of the Heroku Platform API. Default: the environment variable `HEROKU_API_URL`, then
   * Heroku's own.
   */
  url?: pulumi.Input<string>;
}

function secretOf(value: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}

/** A provider's configuration is sent as strings; other values are encoded as JSON. */
function jsonOf(value: pulumi.Input<object> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.jsonStringify(value);
}
