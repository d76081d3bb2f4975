import { Provider } from "@pulumi/github/provider";
import * as pulumi from "@pulumi/pulumi";
import { worksIn } from "./place";

/**
 * GitHub as the owner of a repository sees it: one explicit provider for each owner, made when it
 * is first asked for. The token is the stack's `github:token`, else `GITHUB_TOKEN`.
 *
 * @param opts of the providers, usually their parent
 * @returns gives the provider for a repository `owner/name`
 */
export function githubProviders(opts?: pulumi.ResourceOptions): (repository: string) => Provider {
  const used = new Map<string, Provider>();
  return (repository) => {
    const [owner = repository] = repository.split("/");
    const existing = used.get(owner);
    if (existing) return existing;
    const token = new pulumi.Config("github").getSecret("token");
    const provider = new Provider(`github-${owner}`, { owner, token }, opts);
    worksIn(provider, owner);
    used.set(owner, provider);
    return provider;
  };
}
