import { type Loopback, loopback } from "../release/deploys/loopback";

const CREDENTIALS = { AccessKeyId: "ASIAEXAMPLE", SecretAccessKey: "secret/+=", SessionToken: "session" };

/** Who says at GitHub what a job is, and at AWS which credentials it gets for that. */
export function identities(): Promise<Loopback> {
  return loopback(({ url }) => ({
    status: 200,
    body: url.startsWith("/identity")
      ? { value: "jwt.of.the-job" }
      : {
          AssumeRoleWithWebIdentityResponse: {
            AssumeRoleWithWebIdentityResult: { Credentials: CREDENTIALS },
          },
        },
  }));
}

/** What a job finds in its environment to ask them. */
export function identityOf({ address }: Loopback): Record<string, string> {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/identity?v=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    AWS_STS_URL: address,
    GITHUB_RUN_ID: "42",
  };
}
