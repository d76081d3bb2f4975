import { type Input, output, type Unwrap } from "@pulumi/pulumi/output";
import { ProviderResource, type ResourceOptions } from "@pulumi/pulumi/resource";
import { version } from "./package.json";

/**
 * How to reach Netlify. Without a provider of one's own the same settings are read from the stack
 * (`netlify:token`).
 */
export interface ProviderArgs {
  /** A personal access token. Default: the environment variable NETLIFY_AUTH_TOKEN. */
  token?: Input<string>;
  /** The API's address, base path included. Default: NETLIFY_API_URL, else Netlify's. */
  baseUrl?: Input<string>;
  /** How long one request may take, in seconds. Default 30. */
  requestTimeout?: Input<number>;
  /** How often a call is made at most, the first time included. Default 5. */
  maxAttempts?: Input<number>;
  /**
   * The longest wait before a call is repeated, in seconds: a rate limit that lasts longer is an
   * error. Default 90.
   */
  maxRetryDelay?: Input<number>;
}

/** One access to Netlify. */
export class Provider extends ProviderResource {
  /** @internal */
  static readonly __pulumiType = "netlify";

  static override isInstance(value: unknown): value is Provider {
    const candidate = value as { __pulumiType?: unknown } | null | undefined;
    return candidate?.__pulumiType === `pulumi:providers:${Provider.__pulumiType}`;
  }

  constructor(name: string, args: ProviderArgs = {}, opts: ResourceOptions = {}) {
    const inputs = {
      token: args.token,
      baseUrl: args.baseUrl,
      requestTimeout: asText(args.requestTimeout),
      maxAttempts: asText(args.maxAttempts),
      maxRetryDelay: asText(args.maxRetryDelay),
    };
    const own = { version, additionalSecretOutputs: ["token"] };
    super(Provider.__pulumiType, name, inputs, { ...own, ...opts });
  }
}

// The engine takes a provider's settings as text.
function asText(value: Input<number> | undefined) {
  return value === undefined ? undefined : output(value).apply((known: Unwrap<number>) => String(known));
}
