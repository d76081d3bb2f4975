import { Provider } from "@pulumi/digitalocean/provider";
import * as pulumi from "@pulumi/pulumi";

/** Whose things are. */
interface Owner {
  system: string;
  environment: string;
}

/**
 * The provider for everything at DigitalOcean, made when it is first asked for. It logs in with the
 * stack's `digitalocean:token`, else the environment variable `DIGITALOCEAN_TOKEN`, and works in
 * the team that the token is of.
 *
 * @param opts of the provider, usually its parent
 */
export function digitalOcean(opts?: pulumi.ResourceOptions): () => Provider {
  let provider: Provider | undefined;
  return () => {
    const token = new pulumi.Config("digitalocean").getSecret("token");
    provider ??= new Provider("digitalocean", { token }, opts);
    return provider;
  };
}

/**
 * What everything that can have tags carries: letters, digits, `_`, `-` and `:`.
 * https://docs.digitalocean.com/reference/api/reference/tags
 */
export function tagsOf({ system, environment }: Owner): string[] {
  return [`system:${system}`, `environment:${environment}`, "managed-by:stagewright"];
}
