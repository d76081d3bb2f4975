import type { ResourceType } from "../resources/types";

/**
 * Resource types that cost nothing of their own. A type that is neither here nor among what is
 * bought is reported as unpriced.
 */
export const FREE: ReadonlySet<ResourceType> = new Set<ResourceType>([
  // IAM is free of charge; settings of a bucket cost nothing of their own, its objects are charged
  // by use with it.
  "aws:iam/accessKey:AccessKey",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/user:User",
  "aws:iam/userPolicy:UserPolicy",
  "aws:kms/alias:Alias",
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  // Networking, monitoring, projects and the parts of a cluster come with what they belong to.
  "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool",
  "digitalocean:index/databaseDb:DatabaseDb",
  "digitalocean:index/databaseFirewall:DatabaseFirewall",
  "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig",
  "digitalocean:index/databaseUser:DatabaseUser",
  "digitalocean:index/dnsRecord:DnsRecord",
  "digitalocean:index/domain:Domain",
  "digitalocean:index/firewall:Firewall",
  "digitalocean:index/monitorAlert:MonitorAlert",
  "digitalocean:index/project:Project",
  "digitalocean:index/projectResources:ProjectResources",
  "digitalocean:index/reservedIpAssignment:ReservedIpAssignment",
  "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy",
  "digitalocean:index/spacesKey:SpacesKey",
  "digitalocean:index/sshKey:SshKey",
  "digitalocean:index/tag:Tag",
  "digitalocean:index/uptimeAlert:UptimeAlert",
  "digitalocean:index/volumeAttachment:VolumeAttachment",
  "digitalocean:index/vpc:Vpc",
  // Settings of a repository.
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
  "github:index/repositoryDeployKey:RepositoryDeployKey",
  "github:index/repositoryEnvironment:RepositoryEnvironment",
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
  "github:index/repositoryRuleset:RepositoryRuleset",
  // An app costs what its dynos and add-ons cost.
  "heroku:addon/attachment:Attachment",
  "heroku:app/app:App",
  "heroku:app/configAssociation:ConfigAssociation",
  "heroku:app/feature:Feature",
  "heroku:app/release:Release",
  "heroku:app/webhook:Webhook",
  "heroku:collaborator/collaborator:Collaborator",
  "heroku:domain/domain:Domain",
  "heroku:drain/drain:Drain",
  "heroku:pipeline/coupling:Coupling",
  "heroku:pipeline/pipeline:Pipeline",
  "heroku:slug/slug:Slug",
  "heroku:team/collaborator:Collaborator",
  // Settings of a site.
  "netlify:index/buildHook:BuildHook",
  "netlify:index/certificate:Certificate",
  "netlify:index/deployKey:DeployKey",
  "netlify:index/environmentVariable:EnvironmentVariable",
  // Made in the engine, by no vendor.
  "random:index/randomId:RandomId",
  "random:index/randomPassword:RandomPassword",
  "random:index/randomString:RandomString",
  "tls:index/privateKey:PrivateKey",
  // Keys and alerts of a project.
  "sentry:index/sentryIssueAlert:SentryIssueAlert",
  "sentry:index/sentryKey:SentryKey",
]);
