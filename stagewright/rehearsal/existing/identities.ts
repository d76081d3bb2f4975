import type { facts as aws } from "../vendors/aws/facts";
import type { facts as cloudamqp } from "../vendors/cloudamqp/facts";
import type { facts as digitalocean } from "../vendors/digitalocean/facts";
import type { facts as github } from "../vendors/github/facts";
import type { facts as heroku } from "../vendors/heroku/facts";
import type { facts as random } from "../vendors/random/facts";
import type { facts as sentry } from "../vendors/sentry/facts";
import type { facts as tls } from "../vendors/tls/facts";

/** Every resource type that the rehearsal cloud plays. */
export type PlayedType =
  | keyof (typeof aws & typeof cloudamqp & typeof digitalocean & typeof github)
  | keyof (typeof heroku & typeof random & typeof sentry & typeof tls)
  | `netlify:index/${"buildHook:BuildHook" | "certificate:Certificate" | "deployKey:DeployKey" | "environmentVariable:EnvironmentVariable" | "site:Site"}`;

/** The resources of which an environment has one each. */
export type Role = "app" | "database" | "message broker" | "bucket" | "site";

/** How a vendor treats a create for a resource that exists. */
export interface Identity {
  /**
   * The scope in which the vendor allows only one. `name`: one per name, in the vendor, the account
   * or its parent. `owner`: one per parent. `no`: names are labels, and the vendor silently creates
   * a second one. `nowhere`: it exists only in the stack's state.
   */
  unique: "name" | "owner" | "no" | "nowhere";
  /** The input with its parent, for a type without a name to find it by. */
  owner?: string;
  /**
   * Its role in an environment. The role of a Heroku add-on depends on its service, see `roleOf`.
   */
  role?: Role;
}

const name: Identity = { unique: "name" };
const owner: Identity = { unique: "owner" };
const no: Identity = { unique: "no" };
const nowhere: Identity = { unique: "nowhere" };

/**
 * The identity rule of each resource type. Each kind's `identity` holds the names and the scope in
 * which they are unique, with sources; its `overwrites` says whether a create takes over an
 * existing resource, as with a PUT.
 */
export const IDENTITIES: Readonly<Record<PlayedType, Identity>> = {
  "aws:iam/accessKey:AccessKey": { unique: "no", owner: "user" },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": name,
  "aws:iam/role:Role": name,
  "aws:iam/rolePolicy:RolePolicy": name,
  "aws:iam/user:User": name,
  "aws:iam/userPolicy:UserPolicy": name,
  "aws:kms/alias:Alias": name,
  "aws:kms/key:Key": no,
  "aws:route53/record:Record": name,
  "aws:s3/bucket:Bucket": { unique: "name", role: "bucket" },
  "aws:s3/bucketAcl:BucketAcl": owner,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": owner,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": owner,
  "aws:s3/bucketLogging:BucketLogging": owner,
  "aws:s3/bucketObjectv2:BucketObjectv2": name,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": owner,
  "aws:s3/bucketPolicy:BucketPolicy": owner,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": owner,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": owner,
  "aws:s3/bucketVersioning:BucketVersioning": owner,
  "cloudamqp:index/instance:Instance": { unique: "no", role: "message broker" },
  "digitalocean:index/databaseCluster:DatabaseCluster": { unique: "name", role: "database" },
  "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool": name,
  "digitalocean:index/databaseDb:DatabaseDb": name,
  "digitalocean:index/databaseFirewall:DatabaseFirewall": owner,
  "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig": owner,
  "digitalocean:index/databaseReplica:DatabaseReplica": name,
  "digitalocean:index/databaseUser:DatabaseUser": name,
  "digitalocean:index/dnsRecord:DnsRecord": name,
  "digitalocean:index/domain:Domain": name,
  "digitalocean:index/droplet:Droplet": { unique: "no", role: "app" },
  "digitalocean:index/firewall:Firewall": name,
  "digitalocean:index/monitorAlert:MonitorAlert": no,
  "digitalocean:index/project:Project": name,
  "digitalocean:index/projectResources:ProjectResources": owner,
  "digitalocean:index/reservedIp:ReservedIp": no,
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": owner,
  "digitalocean:index/spacesBucket:SpacesBucket": { unique: "name", role: "bucket" },
  "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy": owner,
  "digitalocean:index/spacesKey:SpacesKey": no,
  "digitalocean:index/sshKey:SshKey": name,
  "digitalocean:index/tag:Tag": name,
  "digitalocean:index/uptimeAlert:UptimeAlert": no,
  "digitalocean:index/uptimeCheck:UptimeCheck": no,
  "digitalocean:index/volume:Volume": name,
  "digitalocean:index/volumeAttachment:VolumeAttachment": owner,
  "digitalocean:index/vpc:Vpc": name,
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret": name,
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable": name,
  "github:index/repositoryDeployKey:RepositoryDeployKey": name,
  "github:index/repositoryEnvironment:RepositoryEnvironment": name,
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy": name,
  "github:index/repositoryFile:RepositoryFile": name,
  "github:index/repositoryRuleset:RepositoryRuleset": name,
  "heroku:addon/addon:Addon": name,
  "heroku:addon/attachment:Attachment": name,
  "heroku:app/app:App": { unique: "name", role: "app" },
  "heroku:app/configAssociation:ConfigAssociation": owner,
  "heroku:app/feature:Feature": name,
  "heroku:app/release:Release": no,
  "heroku:app/webhook:Webhook": no,
  "heroku:collaborator/collaborator:Collaborator": name,
  "heroku:domain/domain:Domain": name,
  "heroku:drain/drain:Drain": name,
  "heroku:formation/formation:Formation": name,
  "heroku:pipeline/coupling:Coupling": owner,
  "heroku:pipeline/pipeline:Pipeline": name,
  "heroku:slug/slug:Slug": no,
  "heroku:team/collaborator:Collaborator": name,
  "netlify:index/buildHook:BuildHook": no,
  "netlify:index/certificate:Certificate": owner,
  "netlify:index/deployKey:DeployKey": no,
  "netlify:index/environmentVariable:EnvironmentVariable": name,
  "netlify:index/site:Site": { unique: "name", role: "site" },
  "random:index/randomId:RandomId": nowhere,
  "random:index/randomPassword:RandomPassword": nowhere,
  "random:index/randomString:RandomString": nowhere,
  "sentry:index/sentryIssueAlert:SentryIssueAlert": no,
  "sentry:index/sentryKey:SentryKey": no,
  "sentry:index/sentryProject:SentryProject": name,
  "tls:index/privateKey:PrivateKey": nowhere,
};

// https://elements.heroku.com/addons
const SERVICES: Readonly<Record<string, Role>> = {
  "heroku-postgresql": "database",
  cloudamqp: "message broker",
};

/** Returns the identity rule of a type; `undefined` if the rehearsal cloud does not play it. */
export function identityOf(type: string): Identity | undefined {
  return type in IDENTITIES ? IDENTITIES[type as PlayedType] : undefined;
}

/**
 * Returns a resource's role if an environment has one resource in that role; `undefined` for a part
 * of such a resource.
 */
export function roleOf(type: string, inputs: Readonly<Record<string, unknown>>): Role | undefined {
  if (type === ("heroku:addon/addon:Addon" satisfies PlayedType)) {
    // A follower is a copy beside the database that it follows.
    const follows = JSON.stringify(inputs.config ?? {}).includes('"follow"');
    return follows ? undefined : SERVICES[String(inputs.plan).split(":")[0] ?? ""];
  }
  return identityOf(type)?.role;
}
