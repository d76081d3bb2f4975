/** What the package `heroku` 1.0.4 says of one resource type, each a list of property names. */
export interface ResourceFacts {
  required: string[];
  optional: string[];
  /** Outputs that are not inputs. */
  computed: string[];
  secret: string[];
}

/** By type token. The inputs of every type here are outputs too. */
export const facts: Record<string, ResourceFacts> = {
  "heroku:addon/addon:Addon": {
    required: ["appId", "plan"],
    optional: ["config", "name"],
    computed: ["configVarValues", "configVars", "providerId"],
    secret: ["configVarValues"],
  },
  "heroku:addon/attachment:Attachment": {
    required: ["addonId", "appId"],
    optional: ["name", "namespace"],
    computed: [],
    secret: [],
  },
  "heroku:app/app:App": {
    required: ["region"],
    optional: [
      "acm",
      "buildpacks",
      "configVars",
      "internalRouting",
      "name",
      "organization",
      "sensitiveConfigVars",
      "space",
      "stack",
    ],
    computed: ["allConfigVars", "gitUrl", "herokuHostname", "uuid", "webUrl"],
    secret: ["allConfigVars", "sensitiveConfigVars"],
  },
  "heroku:app/configAssociation:ConfigAssociation": {
    required: ["appId"],
    optional: ["sensitiveVars", "vars"],
    computed: [],
    secret: ["sensitiveVars"],
  },
  "heroku:app/feature:Feature": {
    required: ["appId"],
    optional: ["enabled", "name"],
    computed: [],
    secret: [],
  },
  "heroku:app/release:Release": {
    required: ["appId", "slugId"],
    optional: ["description"],
    computed: [],
    secret: [],
  },
  "heroku:app/webhook:Webhook": {
    required: ["appId", "includes", "level", "url"],
    optional: ["authorization", "secret"],
    computed: [],
    secret: ["authorization", "secret"],
  },
  "heroku:build/build:Build": {
    required: ["appId", "source"],
    optional: ["buildpacks"],
    computed: ["localChecksum", "outputStreamUrl", "releaseId", "slugId", "stack", "status", "users", "uuid"],
    secret: [],
  },
  "heroku:collaborator/collaborator:Collaborator": {
    required: ["appId", "email"],
    optional: [],
    computed: [],
    secret: [],
  },
  "heroku:domain/domain:Domain": {
    required: ["appId", "hostname"],
    optional: ["sniEndpointId"],
    computed: ["cname"],
    secret: [],
  },
  "heroku:drain/drain:Drain": {
    required: ["appId"],
    optional: ["sensitiveUrl", "url"],
    computed: ["token"],
    secret: ["sensitiveUrl"],
  },
  "heroku:formation/formation:Formation": {
    required: ["appId", "quantity", "size", "type"],
    optional: [],
    computed: [],
    secret: [],
  },
  "heroku:pipeline/coupling:Coupling": {
    required: ["appId", "pipeline", "stage"],
    optional: [],
    computed: [],
    secret: [],
  },
  "heroku:pipeline/pipeline:Pipeline": {
    required: [],
    optional: ["name", "owner"],
    computed: [],
    secret: [],
  },
  "heroku:slug/slug:Slug": {
    required: ["appId", "processTypes"],
    optional: [
      "buildpackProvidedDescription",
      "checksum",
      "commit",
      "commitDescription",
      "filePath",
      "fileUrl",
      "stack",
    ],
    computed: ["blobs", "size", "stackId"],
    secret: [],
  },
  "heroku:ssl/ssl:Ssl": {
    required: ["appId", "certificateChain"],
    optional: ["privateKey"],
    computed: ["name"],
    secret: ["privateKey"],
  },
  "heroku:team/collaborator:Collaborator": {
    required: ["appId", "email", "permissions"],
    optional: [],
    computed: [],
    secret: [],
  },
};
