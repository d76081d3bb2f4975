import type { ResourceType } from "../resources/types";

/**
 * Resource types that cost nothing themselves. A type that is neither here nor priced is reported
 * as unpriced.
 */
export const FREE: ReadonlySet<ResourceType> = new Set<ResourceType>([
  // IAM is free. A bucket's settings cost nothing; its objects are usage charges of the bucket.
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
  // Networking, monitoring, projects and the parts of a cluster are included in their parent's
  // price.
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
  // Repository settings.
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
  "github:index/repositoryDeployKey:RepositoryDeployKey",
  "github:index/repositoryEnvironment:RepositoryEnvironment",
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
  "github:index/repositoryRuleset:RepositoryRuleset",
  // An app costs only its dynos and add-ons.
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
  // Site settings.
  "netlify:index/buildHook:BuildHook",
  "netlify:index/certificate:Certificate",
  "netlify:index/deployKey:DeployKey",
  "netlify:index/environmentVariable:EnvironmentVariable",
  // Made by the engine, not a vendor.
  "random:index/randomId:RandomId",
  "random:index/randomPassword:RandomPassword",
  "random:index/randomString:RandomString",
  "tls:index/privateKey:PrivateKey",
  // Project keys and alerts.
  "sentry:index/sentryIssueAlert:SentryIssueAlert",
  "sentry:index/sentryKey:SentryKey",
]);
