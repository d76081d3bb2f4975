import { type Input, output, type Unwrap } from "@pulumi/pulumi/output";
import { ProviderResource, type ResourceOptions } from "@pulumi/pulumi/resource";
import { version } from "./package.json";

/**
 * The access to Netlify. Without a provider, the same settings come from the stack
 * (`netlify:token`).
 */
export interface ProviderArgs {
  /** A personal access token. Default: the environment variable NETLIFY_AUTH_TOKEN. */
  token?: Input<string>;
  /** The API's URL, including the base path. Default: NETLIFY_API_URL, else Netlify's. */
  baseUrl?: Input<string>;
  /** The time limit of one request, in seconds. Default 30. */
  requestTimeout?: Input<number>;
  /** The maximum number of attempts per call, including the first. Default 5. */
  maxAttempts?: Input<number>;
  /**
   * The longest wait before a retry, in seconds; a rate limit that lasts longer is an error.
   * Default 90.
   */
  maxRetryDelay?: Input<number>;
}

/** One configured access to Netlify. */
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

// The engine requires a provider's settings as strings.
function asText(value: Input<number> | undefined) {
  return value === undefined ? undefined : output(value).apply((known: Unwrap<number>) => String(known));
}
