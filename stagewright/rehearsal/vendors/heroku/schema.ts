import { form, notEmpty, type Schema, uuidForm, words } from "../../schema";
import type { facts } from "./facts";

const appId = { appId: uuidForm };

/**
 * From the provider's code: https://github.com/heroku/terraform-provider-heroku/tree/master/heroku,
 * resource_heroku_*.go
 */
export const schemas: Record<keyof typeof facts, Schema> = {
  "heroku:app/app:App": {
    keeps: [
      "acm",
      "buildpacks",
      "configVars",
      "internalRouting",
      "organization.locked",
      "organization.personal",
      "sensitiveConfigVars",
      "stack",
    ],
    accepts: { "organization.name": notEmpty },
  },
  "heroku:app/configAssociation:ConfigAssociation": { accepts: appId },
  "heroku:app/feature:Feature": { defaults: { enabled: true }, accepts: appId },
  "heroku:slug/slug:Slug": {
    keeps: ["checksum", "stack"],
    conflicts: [["fileUrl", "filePath"]],
    accepts: {
      ...appId,
      fileUrl: form(/^(https:\/\/.*)?$/s, "must be a secure URL, start with `https://`"),
    },
  },
  "heroku:app/release:Release": { keeps: ["description"], accepts: appId },
  "heroku:formation/formation:Formation": { caseless: ["size"], accepts: appId },
  "heroku:addon/addon:Addon": {
    accepts: {
      ...appId,
      name: form(
        /^[a-zA-Z][A-Za-z0-9_-]{1,255}$/,
        "Invalid custom addon name: must start with a letter and can only contain lowercase letters, numbers, and dashes",
      ),
    },
  },
  "heroku:addon/attachment:Attachment": { keeps: ["namespace"], accepts: appId },
  "heroku:domain/domain:Domain": { accepts: appId },
  "heroku:drain/drain:Drain": { conflicts: [["url", "sensitiveUrl"]], accepts: appId },
  "heroku:app/webhook:Webhook": {
    accepts: {
      level: words("notify", "sync"),
      includes: words(
        "api:addon-attachment",
        "api:addon",
        "api:app",
        "api:build",
        "api:collaborator",
        "api:domain",
        "api:dyno",
        "api:formation",
        "api:release",
        "api:sni-endpoint",
      ),
    },
  },
  "heroku:collaborator/collaborator:Collaborator": { accepts: appId },
  "heroku:team/collaborator:Collaborator": { sets: ["permissions"], accepts: appId },
  "heroku:pipeline/pipeline:Pipeline": {
    accepts: {
      name: form(/^[a-z][a-z0-9-]{2,29}$/, "invalid pipeline name"),
      "owner.id": uuidForm,
      "owner.type": words("team", "user"),
    },
  },
  "heroku:pipeline/coupling:Coupling": {
    accepts: {
      ...appId,
      pipeline: uuidForm,
      stage: words("review", "development", "staging", "production"),
    },
  },
};
