import type { PolicyRule } from "../../stagewright/environment/schema/policy";
import type { Stated } from "../../stagewright/release/stated";
import type { ResourceType } from "../../stagewright/resources/types";

/** A resource that a case declares. */
export interface Made {
  type: ResourceType;
  name: string;
  inputs: Record<string, unknown>;
  protect?: boolean;
  retainOnDelete?: boolean;
  /** Name of the explicit provider. */
  provider?: string;
}

/** A value that is marked as a secret. */
export class Hidden {
  constructor(readonly value: unknown) {}
}

/** What keeps a rule, and what breaks it, each with what is said of it. */
export interface Case {
  rule: PolicyRule;
  holds: Made[];
  breaks: { made: Made[]; says: RegExp[] };
}

const APP_ID = "8f14e45f-ceea-467f-9575-0e02b2c3d479";

/** What the environment of the cases states. */
export const STATED: Stated = {
  environment: "live",
  protected: true,
  sponsor: { account: "222222222222", role: "arn:aws:iam::222222222222:role/sponsored" },
  budget: 500,
  deploys: [{ component: "api", repository: "acme/api" }],
  exceptions: [],
};

const TAGS = { system: "dandi", environment: "live" };

/** Explicit providers, of which the cases' resources are made by name. */
export const PROVIDERS: Made[] = [
  {
    type: "pulumi:providers:aws",
    name: "own-account",
    inputs: { region: "us-east-2", allowedAccountIds: ["111111111111"], defaultTags: { tags: TAGS } },
  },
  { type: "pulumi:providers:github", name: "acme-at-github", inputs: { owner: "acme" } },
  {
    type: "pulumi:providers:aws",
    name: "sponsors-account",
    inputs: {
      region: "us-east-2",
      allowedAccountIds: ["222222222222"],
      assumeRoles: [{ roleArn: "arn:aws:iam::222222222222:role/sponsored" }],
      defaultTags: { tags: TAGS },
    },
  },
];

/** The explicit provider of everything at GitHub. */
const AT_GITHUB = { provider: "acme-at-github" };

const KEPT = { protect: true, retainOnDelete: true };

const bucketPolicy = (
  name: string,
  bucket: string,
  statements: object[],
  provider = "own-account",
): Made => ({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  name,
  inputs: { bucket, policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
  provider,
});

const publicRead = (bucket: string, action: string | string[] = "s3:GetObject") => ({
  Sid: "Open",
  Effect: "Allow",
  Principal: { AWS: ["*"] },
  Action: action,
  Resource: `arn:aws:s3:::${bucket}/*`,
  Condition: { Bool: { "aws:SecureTransport": "true" } },
});

const denyInsecure = (bucket: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

const bucket = (name: string, more: Partial<Made> = {}): Made => ({
  type: "aws:s3/bucket:Bucket",
  name,
  inputs: { bucket: name },
  provider: "own-account",
  ...KEPT,
  ...more,
});

const addon = (name: string, inputs: object, more: Partial<Made> = KEPT): Made => ({
  type: "heroku:addon/addon:Addon",
  name,
  inputs: { appId: APP_ID, ...inputs },
  ...more,
});

const app = (name: string, inputs: object = {}): Made => ({
  type: "heroku:app/app:App",
  name,
  inputs: {
    name: `acme-${name}`,
    region: "us",
    stack: "heroku-24",
    buildpacks: ["heroku/python"],
    ...inputs,
  },
});

const drain = (name: string, url: string): Made => ({
  type: "heroku:drain/drain:Drain",
  name,
  inputs: { appId: APP_ID, sensitiveUrl: new Hidden(url) },
});

const firewall = (name: string, portRange: string, sourceAddresses = ["0.0.0.0/0", "::/0"]): Made => ({
  type: "digitalocean:index/firewall:Firewall",
  name,
  inputs: { name, inboundRules: [{ protocol: "tcp", portRange, sourceAddresses }] },
});

const userPolicy = (name: string, action: unknown, resource: unknown): Made => ({
  type: "aws:iam/userPolicy:UserPolicy",
  name,
  inputs: {
    name,
    user: "acme",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "It", Effect: "Allow", Action: action, Resource: resource }],
    }),
  },
  provider: "own-account",
});

const file = (name: string, content: string): Made => ({
  type: "github:index/repositoryFile:RepositoryFile",
  name,
  inputs: { repository: "api", file: `.github/workflows/${name}.yml`, content },
  ...AT_GITHUB,
});

const workflow = (uses: string, permissions = "permissions: {}\n") =>
  `on: push\n${permissions}jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${uses}\n`;

const COMMIT = `actions/checkout@${"3d3c42e5".repeat(5)}`;

const environment = (name: string, inputs: object): Made => ({
  type: "github:index/repositoryEnvironment:RepositoryEnvironment",
  name,
  inputs: { repository: "api", environment: "live", ...inputs },
  ...AT_GITHUB,
});

const GATED = {
  deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
  reviewers: [{ teams: [1] }],
};

const branch = (name: string, branchPattern: string): Made => ({
  type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
  name,
  inputs: { repository: "api", environment: "live", branchPattern },
  ...AT_GITHUB,
});

const formation = (name: string, size: string): Made => ({
  type: "heroku:formation/formation:Formation",
  name,
  inputs: { appId: APP_ID, type: name, size, quantity: 1 },
});

/** Written so that no scanner takes this file for a leak. */
export const PLANTED = `ghp_${"Ab3".repeat(12)}`;

/** One for each rule. */
export const CASES: Case[] = [
  {
    rule: "data-protected",
    holds: [
      addon("kept", { plan: "heroku-postgresql:standard-0", config: { version: "16" } }),
      addon("follower", { plan: "heroku-postgresql:standard-0", config: { follow: "DATABASE_URL" } }, {}),
    ],
    breaks: {
      made: [
        addon("unkept", { plan: "heroku-postgresql:standard-0", config: { version: "16" } }, {}),
        {
          type: "cloudamqp:index/instance:Instance",
          name: "unkept-broker",
          inputs: { name: "acme", plan: "squirrel-1", region: "amazon-web-services::us-east-1" },
        },
        bucket("swept", { inputs: { bucket: "swept", forceDestroy: true } }),
      ],
      says: [
        /^unkept holds data and is not protected against deletion/,
        /^unkept-broker holds data and is not protected/,
        /^swept would be deleted with everything in it/,
      ],
    },
  },
  {
    rule: "bucket-public",
    holds: [
      bucketPolicy(
        "sponsored",
        "sponsored",
        [denyInsecure("sponsored"), publicRead("sponsored")],
        "sponsors-account",
      ),
      bucketPolicy("by-us-alone", "by-us-alone", [
        {
          ...publicRead("by-us-alone"),
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        },
      ]),
    ],
    breaks: {
      made: [
        bucketPolicy("opened", "opened", [publicRead("opened")]),
        bucketPolicy(
          "written",
          "written",
          [publicRead("written", ["s3:GetObject", "s3:PutObject"])],
          "sponsors-account",
        ),
        {
          type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
          name: "half-closed",
          inputs: {
            bucket: "half-closed",
            blockPublicAcls: true,
            ignorePublicAcls: true,
            blockPublicPolicy: true,
            restrictPublicBuckets: false,
          },
          provider: "own-account",
        },
      ],
      says: [
        /^opened lets everybody "s3:GetObject" \(statement "Open"\)/,
        /^written lets everybody "s3:GetObject", "s3:PutObject"/,
        /^half-closed does not keep the public out: restrictPublicBuckets is not true/,
      ],
    },
  },
  {
    rule: "bucket-tls",
    holds: [bucket("secure"), bucketPolicy("secure-policy", "secure", [denyInsecure("secure")])],
    breaks: {
      made: [bucket("insecure")],
      says: [/^insecure has no policy that denies requests without TLS/],
    },
  },
  {
    rule: "host-tls",
    holds: [app("certified", { acm: true })],
    breaks: {
      made: [
        {
          type: "netlify:index/site:Site",
          name: "plain-site",
          inputs: { accountSlug: "acme", name: "acme-plain", forceSsl: false },
        },
      ],
      says: [/^plain-site answers plain HTTP/],
    },
  },
  {
    rule: "connection-tls",
    holds: [
      drain("safe-logs", "syslog+tls://logs.example.org:6514"),
      app("local", { sensitiveConfigVars: { TEST_DATABASE_URL: new Hidden("postgres://localhost/test") } }),
    ],
    breaks: {
      made: [
        drain("open-logs", "syslog://logs.example.org:514"),
        app("open-database", {
          sensitiveConfigVars: {
            REPORTS_URL: new Hidden("postgres://db.example.org/reports?sslmode=prefer"),
          },
        }),
      ],
      says: [
        /^open-logs "sensitiveUrl" is an address without TLS/,
        /^open-database "sensitiveConfigVars.REPORTS_URL" is an address without TLS/,
      ],
    },
  },
  {
    rule: "ports-closed",
    holds: [firewall("web", "443"), firewall("inner", "5432", ["10.0.0.0/16"])],
    breaks: {
      made: [firewall("open-database-port", "5432")],
      says: [/^open-database-port opens "5432" to everybody/],
    },
  },
  {
    rule: "least-privilege",
    holds: [userPolicy("narrow", ["s3:GetObject"], "arn:aws:s3:::acme/*")],
    breaks: {
      made: [
        userPolicy("wide-action", "s3:*", "arn:aws:s3:::acme/*"),
        userPolicy("wide-resource", "s3:GetObject", "*"),
      ],
      says: [/^wide-action allows the action "s3:\*"/, /^wide-resource allows it on every resource/],
    },
  },
  {
    rule: "github-rights",
    holds: [
      {
        type: "github:index/repositoryDeployKey:RepositoryDeployKey",
        name: "reader",
        inputs: { repository: "api", title: "reader", key: "ssh-ed25519 AAAA reader", readOnly: true },
        ...AT_GITHUB,
      },
      file("modest", workflow(COMMIT)),
    ],
    breaks: {
      made: [
        {
          type: "github:index/repositoryDeployKey:RepositoryDeployKey",
          name: "writer",
          inputs: { repository: "api", title: "writer", key: "ssh-ed25519 AAAA writer", readOnly: false },
          ...AT_GITHUB,
        },
        file("greedy", workflow(COMMIT, "permissions: write-all\n")),
        file("silent", workflow(COMMIT, "")),
      ],
      says: [
        /^writer may write to the repository/,
        /^greedy gives its jobs every right/,
        /^silent does not say what its jobs may do \("test"\)/,
      ],
    },
  },
  {
    rule: "secrets-marked",
    holds: [
      app("discreet", {
        configVars: {
          AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
          SENTRY_DSN: "https://abc123@o1.ingest.sentry.io/1",
        },
        sensitiveConfigVars: { DJANGO_SECRET_KEY: new Hidden(PLANTED) },
      }),
      {
        type: "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
        name: "host-key",
        inputs: {
          repository: "api",
          environment: "live",
          variableName: "DROPLET_HOST_KEY",
          value: "203.0.113.7 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
        },
        ...AT_GITHUB,
      },
      file("helpful", `${workflow(COMMIT)}# an address such as postgres://user:password@host/name\n`),
    ],
    breaks: {
      made: [
        app("chatty", {
          configVars: {
            RELEASES: PLANTED,
            CACHE: "rediss://app:tr0ub4dor@cache.example.org",
            SESSION_SECRET: "correct horse battery staple",
          },
        }),
        {
          type: "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
          name: "shown",
          inputs: {
            repository: "api",
            environment: "live",
            variableName: "API_TOKEN",
            value: "hunter2-hunter2",
          },
          ...AT_GITHUB,
        },
      ],
      says: [
        /^chatty holds a GitHub token in plain at "configVars.RELEASES"/,
        /^chatty holds a password in an address in plain at "configVars.CACHE"/,
        /^chatty has a plain value for "configVars.SESSION_SECRET", which is a credential by its name/,
        /^shown has a plain value for "value"/,
      ],
    },
  },
  {
    rule: "production-sizes",
    holds: [formation("web", "standard-1x")],
    breaks: {
      made: [
        formation("worker", "eco"),
        addon("small-database", { plan: "heroku-postgresql:essential-0", config: { version: "16" } }),
        addon("small-broker", { plan: "cloudamqp:lemur" }),
      ],
      says: [
        /^worker runs on "eco" dynos/,
        /^small-database is on "heroku-postgresql:essential-0"/,
        /^small-broker is on "cloudamqp:lemur", a server that is shared/,
      ],
    },
  },
  {
    rule: "budget",
    holds: [],
    breaks: {
      made: [addon("vast", { plan: "heroku-postgresql:premium-9", config: { version: "16" } })],
      says: [/^what is made costs \$\d+\.\d\d a month, more than the budget of \$500\.00/],
    },
  },
  {
    rule: "tags",
    holds: [],
    breaks: {
      made: [
        {
          type: "pulumi:providers:aws",
          name: "tagless",
          inputs: { region: "us-east-2", defaultTags: { tags: { system: "dandi" } } },
        },
        // The engine tells of a provider with what is made by it.
        { ...userPolicy("by-the-tagless", "s3:GetObject", "arn:aws:s3:::acme/*"), provider: "tagless" },
      ],
      says: [/^tagless gives what it makes no tag environment of this environment/],
    },
  },
  {
    rule: "versions-pinned",
    holds: [
      app("pinned", {
        buildpacks: ["heroku/python", `https://github.com/acme/buildpack#${"0a".repeat(20)}`],
      }),
    ],
    breaks: {
      made: [
        app("newest", { buildpacks: ["https://somebody:s3cr3t@github.com/acme/buildpack"] }),
        addon("any-postgres", { plan: "heroku-postgresql:standard-0" }),
      ],
      says: [
        /^newest uses the newest of the buildpack "https:\/\/github\.com\/acme\/buildpack"/,
        /^any-postgres states no version of Postgres/,
      ],
    },
  },
  {
    rule: "actions-pinned",
    holds: [file("by-commit", workflow(COMMIT)), file("of-ours", workflow("./.github/actions/test"))],
    breaks: {
      made: [file("by-tag", workflow("actions/checkout@v4"))],
      says: [/^by-tag uses "actions\/checkout@v4", which can change/],
    },
  },
  {
    rule: "deploys-limited",
    holds: [environment("gated", GATED), branch("master", "master")],
    breaks: {
      made: [environment("gated-by-nothing", { reviewers: GATED.reviewers })],
      says: [/^gated-by-nothing can be used from every branch/],
    },
  },
  {
    rule: "deploys-reviewed",
    holds: [environment("gated", GATED), branch("master", "master")],
    breaks: {
      made: [environment("gated-by-nobody", { deploymentBranchPolicy: GATED.deploymentBranchPolicy })],
      says: [/^gated-by-nobody needs nobody's approval/],
    },
  },
];
