import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import { worksIn } from "./place";

/** An AWS account that something is made in. */
export interface AwsAccount {
  /** 12 digits. */
  id: string;
  region: string;
  /** Works in this account and region, and in no other. */
  provider: Provider;
}

/**
 * The accounts of an environment by their short names: one explicit provider each, made when it is
 * first asked for, so that an account nobody uses needs no credentials.
 *
 * @param accounts as the environment states them
 * @param owner names in the tags `system` and `environment` that everything made there carries
 * @param opts of the providers, usually their parent
 * @returns gives the account of a name; throws, naming the stated ones, where it is not stated
 */
export function awsAccounts(
  accounts: EnvironmentSpec["accounts"],
  owner: { system: string; environment: string },
  opts?: pulumi.ResourceOptions,
): (name: string) => AwsAccount {
  const used = new Map<string, AwsAccount>();
  return (name) => {
    const existing = used.get(name);
    if (existing) return existing;
    const stated = accounts[name];
    if (!stated) {
      const accepted = Object.keys(accounts).join(", ") || "none is stated";
      throw new Error(`accounts: '${name}' is not among the stated AWS accounts (${accepted})`);
    }
    const { id, region, role } = stated;
    const provider = new Provider(
      `aws-${name}`,
      {
        region,
        // A wrong set of credentials is refused before it makes anything in somebody else's
        // account.
        allowedAccountIds: [id],
        assumeRoles: role === undefined ? undefined : [{ roleArn: role, sessionName: "stagewright" }],
        defaultTags: { tags: { ...owner, "managed-by": "stagewright" } },
      },
      // Otherwise what is in the old account would be looked for, and deleted, in the new one.
      { ...opts, replaceOnChanges: ["allowedAccountIds"] },
    );
    worksIn(provider, id);
    const account = { id, region, provider };
    used.set(name, account);
    return account;
  };
}
