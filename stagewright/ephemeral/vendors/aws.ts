import type { IAMClientConfig } from "@aws-sdk/client-iam";
import type { EnvironmentSpec } from "../../environment/schema/environment";
import { markedIn } from "../names";
import type { Found, Marked } from "../stacks";

/** An AWS account that a bucket of the system is in. */
type Account = EnvironmentSpec["accounts"][string] & { name: string };

/** What every client is told. */
type Access = Pick<IAMClientConfig, "region" | "credentials" | "requestHandler">;

/** How long AWS may take to answer one request. */
const PATIENCE_MS = 30_000;

/**
 * What is asked for, with the right that it takes:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/.
 */
const LISTS = [
  { type: "aws:s3/bucket:Bucket", right: "s3:ListAllMyBuckets", names: bucketsOf },
  { type: "aws:iam/user:User", right: "iam:ListUsers", names: usersOf },
] as const;

/**
 * The buckets and IAM users that carry the mark, in each account that a bucket of the system's
 * environments is in: with the credentials that the SDK finds by itself, as the provider does, and
 * in an account with a role by assuming it.
 */
export async function markedAtAws(likes: readonly EnvironmentSpec[]): Promise<Found> {
  const all = await Promise.all(accountsOf(likes).map(markedInAccount));
  return { found: all.flatMap(({ found }) => found), unasked: all.flatMap(({ unasked }) => unasked) };
}

function accountsOf(likes: readonly EnvironmentSpec[]): Account[] {
  const used = likes.flatMap(({ bucket, accounts }): [string, Account][] => {
    const account = bucket && accounts[bucket.account];
    return account ? [[`${account.id} ${account.role}`, { ...account, name: bucket.account }]] : [];
  });
  return [...new Map(used).values()];
}

async function markedInAccount(account: Account): Promise<Found> {
  const access: Access = {
    region: account.region,
    credentials: await credentialsFor(account),
    requestHandler: {
      connectionTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      throwOnRequestTimeout: true,
    },
  };
  const found: Marked[] = [];
  const unasked = new Set<string>();
  for (const { type, right, names } of LISTS) {
    try {
      for await (const name of names(access, account)) {
        const environment = markedIn(name);
        if (environment !== undefined) found.push({ environment, type, id: name, name });
      }
    } catch (error) {
      unasked.add(`AWS account ${account.name} (${reasonOf(error, right)})`);
    }
  }
  return { found, unasked: [...unasked] };
}

// Default: the SDK's own chain.
async function credentialsFor({ role }: Account): Promise<Access["credentials"]> {
  if (role === undefined) return undefined;
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  return fromTemporaryCredentials({ params: { RoleArn: role, RoleSessionName: "stagewright" } });
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
async function* bucketsOf(access: Access): AsyncGenerator<string> {
  const { S3Client, paginateListBuckets } = await import("@aws-sdk/client-s3");
  for await (const { Buckets = [] } of paginateListBuckets(
    { client: new S3Client(access), pageSize: 1000 },
    {},
  ))
    yield* Buckets.map(({ Name = "" }) => Name);
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
async function* usersOf(access: Access, { id }: Account): AsyncGenerator<string> {
  const { IAMClient, paginateListUsers } = await import("@aws-sdk/client-iam");
  for await (const { Users = [] } of paginateListUsers(
    { client: new IAMClient(access), pageSize: 1000 },
    {},
  )) {
    // A user's ARN says whose it is: arn:aws:iam::<account>:user/<name>.
    if (Users.some(({ Arn }) => Arn?.split(":")[4] !== id)) throw new OtherAccount();
    yield* Users.map(({ UserName = "" }) => UserName);
  }
}

class OtherAccount extends Error {}

// Not the SDK's own words: they may tell what was signed, and with whose session.
function reasonOf(error: unknown, right: string): string {
  if (error instanceof OtherAccount) return "the credentials are of another account";
  const { name } = error as Error;
  return name === "CredentialsProviderError" ? "no credentials" : `${right}: ${name}`;
}
