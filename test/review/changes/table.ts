import type { Prepared } from "./prepared";

const NOTHING = "Nothing changes.";
const DATA = /data of the old one is lost|and its data with it/;

const transforming = (condition: string, props: string) => `
  import * as pulumi from "@pulumi/pulumi";
  import { environmentProgram } from "./components/program";
  export = () => {
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) =>
      ${condition} ? { props: { ...props, ${props} }, opts } : undefined,
    );
    return environmentProgram();
  };`;

/** What happens to a system in the course of the years, each with what a person must read of it. */
export const PREPARED: readonly Prepared[] = [
  // Nothing
  { title: "no change at all", verdict: NOTHING, never: [/Release rules|Cost|In api/] },
  {
    title: "a comment",
    text: {
      "Pulumi.yaml": (text) => `# Somebody was here.\n${text.replace("config:", "config: # what it is")}`,
    },
    verdict: NOTHING,
  },
  {
    title: "the order of keys and white space in the YAML",
    text: {
      "Pulumi.yaml": (text) =>
        text
          .replace(/( +)(DJANGO_CONFIGURATION: .*\n)( +)(DJANGO_CORS_ORIGIN_WHITELIST: .*\n)/, "$3$4\n$1$2")
          .replace(/worker: \{.*\}/, (line) => line.replaceAll(" ", "  ")),
    },
    verdict: NOTHING,
  },
  {
    title: "code that is only written otherwise",
    program: `
      import { environmentProgram } from "./components/program";
      const made = () => environmentProgram();
      export = () => { const outputs = made(); return { ...outputs }; };`,
    verdict: NOTHING,
  },
  {
    title: "a policy written in another order, by code",
    program: transforming(
      `type === "aws:iam/userPolicy:UserPolicy"`,
      `policy: pulumi.output(props.policy).apply((text: string) => {
         const policy = JSON.parse(text);
         return JSON.stringify({ Statement: [...policy.Statement].reverse(), Version: policy.Version }, null, 2);
       })`,
    ),
    verdict: "Nothing changes in meaning: 1 resource would be written again, in another order or spacing.",
    never: [/Rights/],
  },
  {
    title: "the version of a database that exists, which Heroku upgrades by another way",
    environment: { database: { version: "17" } },
    verdict:
      /^Postgres 17 is for a new database: no up upgrades the one that production has\. .*on a fork first\.$/,
  },
  // Variables
  {
    title: "an added variable",
    environment: { api: { variables: { DJANGO_DEBUG_SQL: "off" } } },
    verdict: "Updates 1 resource.",
    says: [/configVars\.DJANGO_DEBUG_SQL: \+ off/],
  },
  {
    title: "a deleted variable",
    environment: { api: { variables: { AWS_DEFAULT_REGION: null } } },
    verdict: "Updates 1 resource.",
    says: [/configVars\.AWS_DEFAULT_REGION: - us-east-2/],
  },
  {
    title: "a renamed variable",
    environment: { api: { variables: { AWS_DEFAULT_REGION: null, AWS_REGION: "${bucket.region}" } } },
    verdict: "Updates 1 resource.",
    says: [/configVars renamed: AWS_DEFAULT_REGION → AWS_REGION/],
    never: [/us-east-2/],
  },
  {
    title: "a changed variable",
    environment: { api: { variables: { DJANGO_SETTINGS_MODULE: "dandiapi.settings.new" } } },
    verdict: "Updates 1 resource.",
    says: [/configVars\.DJANGO_SETTINGS_MODULE: dandiapi\.settings → dandiapi\.settings\.new/],
  },
  // Secrets
  {
    title: "a generated secret of another name, which is another secret",
    environment: { api: { variables: { DJANGO_SECRET_KEY: "${generated.djangoKey}" } } },
    verdict: /^Creates 1 resource, updates 1 resource and deletes 1 resource\.$/,
    create: ["generated-djangoKey"],
    delete: ["generated-djangoSecretKey"],
    says: [
      /The generated secret generated-djangoSecretKey is deleted/,
      /The secret DJANGO_SECRET_KEY of api changes/,
    ],
  },
  {
    title: "a secret that becomes plain",
    environment: {
      api: { variables: { DJANGO_SENTRY_DSN: "https://plain.example.org/1", DJANGO_SECRET_KEY: "not-kept" } },
    },
    verdict: /^DJANGO_SECRET_KEY of api is no longer kept secret\./,
    delete: ["generated-djangoSecretKey"],
    says: [/Public exposure\n +!! DJANGO_SECRET_KEY of api is no longer kept secret/],
  },
  {
    title: "a deploy token kept under another name",
    environment: { release: { api: { token: "otherDeployToken" } } },
    verdict: /^Updates \d resources? and 1 release rule of production changes\.$/,
    says: [
      /deploys with the secret otherDeployToken; before: herokuDeployToken/,
      /The secret HEROKU_API_KEY of the GitHub environment production\S* changes/,
    ],
  },
  // Processes and plans
  {
    title: "more dynos",
    environment: { api: { processes: { web: { quantity: 5 } } } },
    verdict: "Updates 1 resource.",
    says: [/quantity: 3 → 5/, /Cost\n.*\$450\.00 a month; before: \$350\.00/],
    never: [/Downtime/],
  },
  {
    title: "no web dyno any more",
    environment: { api: { processes: { web: { quantity: 0 } } } },
    verdict: "The process web is scaled to 0: nothing answers any more.",
    says: [/Downtime\n +!! The process web/],
  },
  {
    title: "a process that is taken out",
    environment: { api: { processes: { "checksum-worker": null } } },
    verdict: "Deletes 1 resource.",
    delete: ["api-checksum-worker"],
    says: [/The process checksum-worker is no longer managed: it runs until a deploy drops it/],
    never: [/Data\n/],
  },
  {
    title: "a larger database, in place",
    environment: { database: { plan: "standard-2" } },
    verdict: "Updates 1 resource.",
    says: [
      /Downtime\n +! The database of production \(heroku-postgresql:standard-0\) changes its plan to heroku-postgresql:standard-2 in place/,
      /Cost\n/,
    ],
    never: [/replace/i, DATA],
  },
  {
    title: "a database of another tier, which Heroku refuses",
    environment: { database: { plan: "essential-0" } },
    verdict:
      "Cannot be applied: database: 422 invalid_params: Cannot change the plan from standard-0 to essential-0: no database moves between the Essential tier and the tiers above it.",
    says: [/Instead make the new database beside it, copy with `heroku pg:copy`/],
    never: [/its data stays/],
  },
  {
    title: "a broker on a shared server, which CloudAMQP refuses",
    environment: { broker: { plan: "lemur" } },
    verdict:
      /^Cannot be applied: broker: 422 invalid_params: Cannot change the plan from squirrel-1 to lemur/,
    says: [/Instead make the new broker beside it/],
    never: [/its data stays/],
  },
  {
    title: "an app of another name, whose add-ons keep theirs",
    environment: { api: { app: "dandi-renamed" } },
    verdict: /^Updates \d resources\.$/,
    says: [
      /The app dandi-api is renamed to dandi-renamed/,
      /State it, so that it can be found should the state be lost: `database\.name: dandi-api-database` and `broker\.name: dandi-api-broker`\./,
    ],
    never: [/replace/i, DATA],
  },
  {
    title: "a follower of the database",
    environment: { database: { followers: 1 } },
    verdict: "Creates 1 resource.",
    create: ["database-follower-1"],
    never: [/Data\n/],
  },
  {
    title: "a budget that does not suffice",
    environment: { budget: { monthly: 100 } },
    verdict:
      /^Cannot be applied: Pulumi\.yaml:\d+: dandi:environment\.budget\.monthly: is 100, but this environment costs \$350\.00/,
  },
  // Data
  {
    title: "another region, which replaces the app and with it the database",
    stack: "staging",
    staging: { api: { region: "eu" } },
    verdict:
      /^The database of staging \(heroku-postgresql:standard-0\) is replaced by an empty one, because appId will be that of another one: the data of the old one is lost\. And \d+ more dangers\.$/,
    replace: [
      "api",
      "api-checksum-worker",
      "api-first",
      "api-first",
      "api-host",
      "api-web",
      "api-worker",
      "broker",
      "database",
    ],
    says: [
      /The app dandi-api-staging is replaced, because region cannot change in place/,
      /The message broker of staging .* is replaced/,
    ],
  },
  {
    title: "another region for what is protected: the engine refuses",
    environment: { api: { region: "eu" } },
    verdict: /^Cannot be applied: .*protect/,
    replace: "any",
  },
  {
    title: "an app that leaves its Heroku team, which is another app with nine resources below it",
    stack: "staging",
    text: {
      "Pulumi.yaml": (text) => text.replace(/^ +- api\.team\n/m, "").replace(/^ +team: dandi\n/m, ""),
    },
    verdict: /^The database of staging .* is replaced by an empty one/,
    replace: [
      "api",
      "api-checksum-worker",
      "api-first",
      "api-first",
      "api-host",
      "api-web",
      "api-worker",
      "broker",
      "database",
    ],
    says: [/The app dandi-api-staging is replaced, because organization cannot change in place/],
  },
  {
    title: "another region of an AWS account, to which IAM and DNS do not belong",
    stack: "staging",
    environment: { accounts: { project: { region: "us-west-2" } } },
    verdict:
      /^The provider aws-project gets region us-west-2 in place of us-east-2: what it made is made anew there, and empty: the bucket of staging /,
    replace: [
      "bucket",
      "bucket-cors",
      "bucket-encryption",
      "bucket-lifecycle",
      "bucket-logging",
      "bucket-logs",
      "bucket-logs-encryption",
      "bucket-logs-lifecycle",
      "bucket-logs-ownership",
      "bucket-logs-policy",
      "bucket-logs-public-access",
      "bucket-ownership",
      "bucket-policy",
      "bucket-public-access",
      "bucket-versioning",
    ],
    says: [/The bucket of staging \(dandi-api-staging\) is replaced by an empty one, because region cannot/],
  },
  {
    title: "another AWS account for what is protected: the engine refuses",
    environment: { accounts: { sponsored: { id: "769362853227", role: null } } },
    verdict: /^Cannot be applied: the engine does not replace what is protected: .*bucket/,
    says: [
      /The provider aws-sponsored gets allowedAccountIds 769362853227 in place of 769362853226: .*the bucket of production \(dandiarchive\)/,
    ],
    replace: "any",
  },
  {
    title: "another role in the same AWS account",
    environment: {
      accounts: { sponsored: { role: "arn:aws:iam::769362853226:role/other-infrastructure" } },
    },
    verdict:
      /^The provider aws-sponsored gets assumeRoles .* in another account than before it would lose sight/,
    says: [/The provider aws-sponsored gets assumeRoles .*other-infrastructure.*would lose sight/],
  },
  {
    title: "another owner of a repository at GitHub",
    environment: { api: { repository: "dandi-archive/dandi-api" } },
    verdict: /replaces 6 resources/,
    replace: [
      "deploys-api-api-url",
      "deploys-api-environment",
      "deploys-api-heroku-api-key",
      "deploys-api-heroku-app",
      "deploys-api-policy-tags-**/*",
      "deploys-api-workflow",
    ],
    create: "any",
    delete: "any",
    says: [/\+ 0|replace|made anew/],
  },
  {
    title: "a broker that is taken out of staging",
    stack: "staging",
    staging: { broker: null, api: { requires: ["DATABASE_URL"] } },
    verdict: "The message broker of staging (cloudamqp:squirrel-1) is deleted, and its data with it.",
    delete: ["broker"],
  },
  {
    title: "protection taken off",
    production: { data: { protected: false } },
    verdict:
      /^Protection is taken off: database of production \(heroku-postgresql:standard-0\), message broker of production .*bucket of production \(dandiarchive\).*\. A later change, or a destroy, may delete them\./,
    says: [/protected against deletion: yes → no/],
  },
  {
    title: "a bucket of another name",
    stack: "staging",
    staging: { bucket: { name: "dandi-api-stage" } },
    verdict:
      /^The bucket of staging \(dandi-api-staging\) is replaced by an empty one, because bucket cannot change in place: the data of the old one is lost\.$/,
    replace: [
      "bucket",
      "bucket-cors",
      "bucket-encryption",
      "bucket-lifecycle",
      "bucket-logging",
      "bucket-ownership",
      "bucket-policy",
      "bucket-public-access",
      "bucket-versioning",
    ],
    never: [/Rights/, /Public exposure/],
  },
  {
    title: "old versions that are kept for less long",
    environment: { bucket: { lifecycle: { expireOldVersionsAfterDays: 30 } } },
    verdict:
      /^Objects or their old versions are deleted after 30 days \(bucket-lifecycle\); before: 60 days\.$/,
  },
  {
    title: "a bucket without versions",
    environment: { bucket: { versioning: false, lifecycle: { expireOldVersionsAfterDays: null } } },
    verdict:
      /^Objects are no longer versioned \(bucket-versioning\): what is overwritten or deleted is gone\./,
  },
  // Exposure and rights
  {
    title: "a bucket that anybody may read",
    stack: "staging",
    staging: { bucket: { access: "public-read" } },
    verdict:
      /^Anybody may now use s3:GetObject on arn:aws:s3:::dandi-api-staging\/\*; .* \(bucket-policy\)\. And \d more dangers\.$/,
    says: [
      /Anybody may now use s3:GetObject on arn:aws:s3:::dandi-api-staging\/\*/,
      /!! New: bucket-policy lets everybody/,
    ],
  },
  {
    title: "a user that may do everything in S3, by code",
    program: transforming(
      `type === "aws:iam/userPolicy:UserPolicy"`,
      `policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] })`,
    ),
    verdict: /^bucket-user now allows s3:\* on \*\. And \d more dangers\.$/,
    says: [/Rights\n +!! bucket-user now allows s3:\* on \*/],
  },
  {
    title: "a domain without a certificate, by code",
    program: transforming(`type === "heroku:app/app:App"`, "acm: false"),
    verdict: "Against the policy: api has a domain and no certificate for it (`acm` is not true).",
    says: [/Policy\n +!! New: api has a domain and no certificate/],
  },
  {
    title: "another host",
    stack: "staging",
    staging: { api: { host: "api-stage.dandiarchive.org" } },
    verdict:
      /^Heroku's domain api-staging\.dandiarchive\.org gives way to api-stage\.dandiarchive\.org: the old name stops working\. And 1 more danger\.$/,
    replace: ["api-host", "dns-api"],
    says: [/The DNS record of api-staging\.dandiarchive\.org gives way to api-stage\.dandiarchive\.org/],
    never: [/Data\n/],
  },
  // Release rules
  {
    title: "a gate that is taken away",
    environment: { release: { api: { gates: { checks: { test: null } } } } },
    verdict: "Updates 1 resource and 1 release rule of production changes.",
    says: [/API of production: the gate check test is gone: a red test no longer stops a deploy\./],
    never: [/lint is gone/],
  },
  {
    title: "a wider window",
    environment: { release: { api: { window: "monday and tuesday 09:00-17:00, friday 10:00-12:00" } } },
    verdict: "Updates 1 resource and 1 release rule of production changes.",
    says: [/API of production: may now also be deployed on Fridays 10:00-12:00 \(America\/New_York\)\./],
    never: [/no longer be deployed/],
  },
  {
    title: "a window that is taken away",
    environment: { release: { api: { window: null } } },
    verdict: "Updates 1 resource and 1 release rule of production changes.",
    says: [/may now be deployed at any time; before: only monday and tuesday 09:00-17:00/],
  },
  {
    title: "a reviewer more",
    environment: { release: { api: { gates: { approval: { by: ["team dandidevs", "user octocat"] } } } } },
    verdict: /^Updates \d resources? and 1 release rule of production changes\.$/,
    says: [
      /user octocat may now approve a deploy, too/,
      /Who may approve what runs in the GitHub environment production\S* changes: 2 of them, before 1/,
    ],
  },
  {
    title: "a hotfix",
    environment: { release: { api: { onRequest: true, hotfix: { by: ["team dandidevs"] } } } },
    verdict: /2 release rules of production change\.$/,
    create: "any",
    says: [
      /a hotfix may now pass the window, by \[ ?team dandidevs ?\]/,
      /any developer may now also start a deploy by hand/,
    ],
  },
  {
    title: "another time of the clock",
    stack: "staging",
    staging: { release: { api: { schedule: "daily 07:30" } } },
    verdict: "Updates 1 resource and 1 release rule of staging changes.",
    says: [/API of staging: is now deployed daily 07:30; before: daily 06:00/],
  },
  {
    title: "a branch instead of releases",
    environment: { release: { api: { tracks: "branch main" } } },
    verdict: /1 release rule of production changes\.$/,
    replace: "any",
    create: "any",
    delete: "any",
    says: [/follows every push to the branch main; before: every published release/],
    never: [/Data\n/],
  },
  // The GUI
  {
    title: "another build command",
    environment: { gui: { build: { command: "yarn build:all" } } },
    verdict: "Updates 1 resource.",
    says: [/yarn run build → yarn build:all/],
  },
  {
    title: "a promotion that somebody else may approve",
    environment: { release: { gui: { promotion: { approval: { by: ["user octocat"] } } } } },
    verdict: /release rules of production change\.$/,
    says: [
      /user octocat may now approve a promotion, too/,
      /team dandidevs may no longer approve a promotion/,
    ],
  },
  {
    title: "a record that resolvers keep for less long",
    environment: { dns: { ttl: 60 } },
    verdict: "Updates 2 resources.",
    says: [/ttl: 300 → 60/],
    never: [/!!/],
  },
];
