import { digits, type Kind } from "../../vendor";
import { facts } from "./facts";
import { organizationId, projectId, refuse } from "./organizations";

export const KEY = "sentry:index/sentryKey:SentryKey";

export const key: Kind = {
  facts: facts[KEY],
  // Two keys of a project may have the same name:
  // https://docs.sentry.io/api/projects/create-a-new-client-key/
  identity: ({ inputs, urn }) => ({
    scope: `${inputs.organization}/${inputs.project}`,
    name: `${inputs.name} of ${urn}`,
  }),
  alike: ["organization", "project", "name"],
  id: ({ again }, name, scope) => digits(32, "sentry public key", scope, name, ...again),
  defaults: () => ({ rateLimitCount: 0, rateLimitWindow: 0 }),
  // The formats of a DSN: https://docs.sentry.io/concepts/key-terms/dsn-explainer/
  outputs({ things, inputs }, id) {
    const number = projectId(things, inputs.organization, inputs.project);
    const host = `o${organizationId(inputs.organization)}.ingest.us.sentry.io`;
    const secret = digits(32, "sentry secret key", id);
    return {
      dsnCsp: `https://${host}/api/${number}/csp-report/?sentry_key=${id}`,
      dsnPublic: `https://${id}@${host}/${number}`,
      dsnSecret: `https://${id}:${secret}@${host}/${number}`,
      isActive: true,
      projectId: Number(number),
      public: id,
      secret,
    };
  },
  rules({ things, inputs }, existing) {
    projectId(things, inputs.organization, inputs.project);
    // A key belongs to its project: https://docs.sentry.io/api/projects/update-a-client-key/
    if (existing && existing.scope !== `${inputs.organization}/${inputs.project}`)
      refuse(404, `The requested resource does not exist (key of '${existing.scope}')`);
  },
  latency: { create: 1, update: 1, delete: 1 },
};
