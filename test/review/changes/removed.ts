import type { Prepared } from "./prepared";

const WITHOUT_BUCKET = {
  AWS_ACCESS_KEY_ID: null,
  AWS_SECRET_ACCESS_KEY: null,
  AWS_DEFAULT_REGION: null,
  DJANGO_DANDI_DANDISETS_BUCKET_NAME: null,
  DJANGO_STORAGE_BUCKET_NAME: null,
};
const WITHOUT_GUI = { DJANGO_CORS_ORIGIN_WHITELIST: null, DJANGO_DANDI_WEB_APP_URL: null };
const WITHOUT_ERRORS = { DJANGO_SENTRY_DSN: null, DJANGO_SENTRY_ENVIRONMENT: null };

/** Paths that all environments have in common, but for those of the components given. */
const common = (...without: string[]) => ({
  common: [
    "accounts",
    "dns.zone",
    "api.team",
    "api.repository",
    "gui.account",
    "gui.repository",
    "errors.organization",
    "errors.team",
  ].filter((path) => !without.some((component) => path.startsWith(`${component}.`))),
});

/**
 * Each component of staging taken out once, with what depends on it, and the risk that the review
 * must name.
 */
export const REMOVED: Prepared[] = [
  {
    title: "without its API",
    stack: "staging",
    environment: common("api", "gui"),
    staging: {
      api: null,
      database: null,
      broker: null,
      bucket: null,
      gui: null,
      release: { api: null, gui: null },
    },
    verdict:
      /^The database of staging \(heroku-postgresql:standard-0\) is deleted, and its data with it\. And \d+ more dangers\.$/,
    says: [
      /The app dandi-api-staging is deleted: what it serves is off the net\./,
      /Heroku's domain api-staging\.dandiarchive\.org is deleted: the name stops working\./,
      /API of staging: is no longer deployed by any rule\./,
    ],
    delete: "any",
  },
  {
    title: "without its database",
    stack: "staging",
    staging: { database: null, api: { requires: ["CLOUDAMQP_URL"] } },
    verdict: "The database of staging (heroku-postgresql:standard-0) is deleted, and its data with it.",
    delete: "any",
  },
  {
    title: "without its bucket",
    stack: "staging",
    staging: { bucket: null, api: { variables: WITHOUT_BUCKET, requires: ["DATABASE_URL"] } },
    verdict:
      /^The bucket of staging \(dandi-api-staging\) is deleted, and its data with it\. And 5 more dangers\.$/,
    says: [/The access key bucket-user is deleted\./],
    delete: "any",
  },
  {
    title: "without its GUI",
    stack: "staging",
    environment: common("gui"),
    staging: { gui: null, api: { variables: WITHOUT_GUI }, release: { gui: null } },
    verdict:
      "The DNS record of gui-staging.dandiarchive.org is deleted: the name stops working. And 1 more danger.",
    says: [/The site gui-staging-dandiarchive-org is deleted: what it serves is off the net\./],
    delete: "any",
  },
  {
    title: "without error tracking",
    stack: "staging",
    environment: common("errors"),
    staging: {
      errors: null,
      api: { variables: WITHOUT_ERRORS, requires: ["DATABASE_URL"] },
      gui: { variables: { VUE_APP_SENTRY_DSN: null, VUE_APP_SENTRY_ENVIRONMENT: null } },
    },
    verdict: "The error history of staging (dandi-api-staging) is deleted, and its data with it.",
    says: [/The DSN errors-key is deleted\./],
    delete: "any",
  },
  {
    title: "without DNS records, and so without hosts and the GUI that calls one",
    stack: "staging",
    environment: common("dns", "gui"),
    staging: {
      dns: null,
      gui: null,
      release: { gui: null },
      api: {
        host: null,
        variables: {
          ...WITHOUT_GUI,
          DJANGO_ALLOWED_HOSTS: "*",
          DJANGO_DANDI_API_URL: "https://dandi-api-staging.herokuapp.com",
        },
      },
    },
    verdict:
      "Heroku's domain api-staging.dandiarchive.org is deleted: the name stops working. And 3 more dangers.",
    says: [/The DNS record of api-staging\.dandiarchive\.org is deleted: the name stops working\./],
    delete: "any",
  },
  {
    title: "without deploys",
    stack: "staging",
    staging: { release: { api: null, gui: null } },
    verdict: /deletes \d+ resources and 2 release rules of staging change\.$/,
    says: [
      /The secret HEROKU_API_KEY of the GitHub environment staging is deleted\./,
      /API of staging: is no longer deployed by any rule\./,
      /GUI of staging: is no longer deployed by any rule\./,
    ],
    delete: "any",
  },
];
