import type * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumiverse/heroku/provider";

/**
 * The provider for everything at Heroku. The credentials of add-ons (`DATABASE_URL`,
 * `CLOUDAMQP_URL`) and config vars that somebody else set stay at Heroku and never enter the
 * stack's state: only what is declared does.
 *
 * It logs in with the environment variable `HEROKU_API_KEY` (or `~/.netrc`), so that nobody's key
 * enters the state either.
 */
export function herokuProvider(name: string, opts?: pulumi.ResourceOptions): Provider {
  return new Provider(
    name,
    { customizations: [{ setAddonConfigVarsInState: false, setAppAllConfigVarsInState: false }] },
    opts,
  );
}
