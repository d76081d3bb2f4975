import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import type { Provider } from "@pulumi/aws/provider";
import type { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import * as pulumi from "@pulumi/pulumi";
import { bucketPolicy } from "../components/bucket/policies";
import { safeBucket } from "../components/bucket/safe-bucket";
import { kept } from "../components/protection";
import { type AwsAccount, awsAccounts } from "../components/providers/aws";
import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import {
  deployRights,
  driftRights,
  ephemeralRights,
  previewRights,
  type Statement,
  type StatePlace,
} from "./rights";

export interface GitHubAccessArgs {
  /** The Pulumi project of the system. */
  system: string;
  stacks: readonly { stack: string; spec: EnvironmentSpec }[];
  /** Which of the environments' accounts has the state and the roles. */
  account: string;
  /** Name of the bucket for the state. */
  stateBucket: string;
  /** GitHub repository whose workflows assume the roles, as `owner/name`. */
  repository: string;
}

// https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

/**
 * What GitHub's workflows need at AWS: a state backend, and roles that they assume by OpenID
 * Connect, so that no key is kept anywhere. A role belongs to one GitHub environment, whose rules
 * (reviewers, branches) decide who gets it: `STACK` for `pulumi up` of a stack, `preview` and
 * `drift` for reading. That of the ephemeral environments belongs to two: `ephemeral` and, for what
 * destroys them when nobody is there to approve, `reap`.
 */
export class GitHubAccess extends pulumi.ComponentResource {
  /** For `pulumi login`. */
  readonly backendUrl: pulumi.Output<string>;
  /** For `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: pulumi.Output<string>;
  /** ARN of the role of the GitHub environment `preview`. */
  readonly previewRole: pulumi.Output<string>;
  /** ARN of the role of the GitHub environment `drift`. */
  readonly driftRole: pulumi.Output<string>;
  /** ARN of the role of the GitHub environments `ephemeral` and `reap`. */
  readonly ephemeralRole: pulumi.Output<string>;
  /** ARNs of the roles that bring up a stack, by the stack's name. */
  readonly deployRoles: Record<string, pulumi.Output<string>>;

  readonly #args: GitHubAccessArgs;
  readonly #provider: Provider;

  constructor(name: string, args: GitHubAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:GitHubAccess", name, {}, opts);
    this.#args = args;
    const account = this.#account();
    this.#provider = account.provider;

    const bucket = this.#stateBucket(`${name}-state`);
    const key = this.#key(`${name}-secrets`);
    const issuer = this.#issuer(`${name}-github`);
    const place = pulumi
      .all([bucket.bucket, key.arn])
      .apply(([state, keyArn]): StatePlace => ({ bucket: state, keyArn }));

    const specs = args.stacks.map(({ spec }) => spec);
    this.previewRole = this.#role(
      `${name}-preview`,
      ["preview"],
      issuer,
      place.apply((state) => previewRights(args.system, state)),
    );
    this.driftRole = this.#role(
      `${name}-drift`,
      ["drift"],
      issuer,
      place.apply((state) => driftRights(args.system, specs, args.account, state)),
    );
    // What protects its data is nothing to try things on.
    const likes = specs.filter(({ data }) => !data.protected);
    this.ephemeralRole = this.#role(
      `${name}-ephemeral`,
      ["ephemeral", "reap"],
      issuer,
      place.apply((state) => ephemeralRights(args.system, likes, args.account, state)),
    );
    this.deployRoles = Object.fromEntries(
      args.stacks.map(({ stack, spec }) => [
        stack,
        this.#role(
          `${name}-${stack}`,
          [stack],
          issuer,
          place.apply((state) => deployRights(args.system, stack, spec, args.account, state)),
        ),
      ]),
    );
    this.backendUrl = pulumi.interpolate`s3://${bucket.bucket}?region=${account.region}`;
    this.secretsProvider = pulumi.interpolate`awskms://${key.arn}?region=${account.region}`;
    this.registerOutputs({ backendUrl: this.backendUrl, secretsProvider: this.secretsProvider });
  }

  #account(): AwsAccount {
    const { stacks, account, system } = this.#args;
    const accounts = Object.assign({}, ...stacks.map(({ spec }) => spec.accounts));
    return awsAccounts(accounts, { system, environment: "bootstrap" }, { parent: this })(account);
  }

  // Whoever loses the state loses the way to everything that it manages: versioned, encrypted,
  // never public, never deleted.
  #stateBucket(name: string): Bucket {
    const args = {
      bucket: this.#args.stateBucket,
      access: "private" as const,
      policy: (physical: string) => bucketPolicy(physical, "private"),
    };
    const { bucket } = safeBucket(name, args, this.#kept());
    new BucketVersioning(
      `${name}-versioning`,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      this.#kept(),
    );
    return bucket;
  }

  // Encrypts the secrets in the state. Without it they are lost.
  #key(name: string): Key {
    const { system } = this.#args;
    const key = new Key(
      name,
      {
        description: `Secrets in the Pulumi state of ${system}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      this.#kept(),
    );
    new Alias(name, { name: `alias/pulumi-${system}`, targetKeyId: key.keyId }, this.#kept());
    return key;
  }

  #issuer(name: string): OpenIdConnectProvider {
    return new OpenIdConnectProvider(
      name,
      { url: `https://${ISSUER}`, clientIdLists: [AUDIENCE] },
      this.#here(),
    );
  }

  #role(
    name: string,
    environments: [string, ...string[]],
    issuer: OpenIdConnectProvider,
    rights: pulumi.Output<Statement[]>,
  ): pulumi.Output<string> {
    const { system, repository } = this.#args;
    const role = new Role(
      name,
      {
        name: `${system}-${environments[0]}-github`,
        description: `pulumi in the GitHub environment ${environments.join(" or ")} of ${repository}`,
        maxSessionDuration: 3600,
        assumeRolePolicy: issuer.arn.apply((arn) => JSON.stringify(trust(arn, repository, environments))),
      },
      this.#here(),
    );
    const policy = rights.apply((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
    new RolePolicy(name, { name: "pulumi", role: role.name, policy }, this.#here());
    return role.arn;
  }

  #here(): pulumi.CustomResourceOptions {
    return { parent: this, provider: this.#provider };
  }

  #kept(): pulumi.CustomResourceOptions {
    return { ...this.#here(), ...kept(true) };
  }
}

// The subject of a job in an environment names the repository and the environment, and nothing of
// the branch or the event.
// https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-environment
function trust(issuerArn: string, repository: string, environments: readonly string[]) {
  const subjects = environments.map((environment) => `repo:${repository}:environment:${environment}`);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: issuerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: subjects } },
      },
    ],
  };
}
