import assert from "node:assert/strict";
import { test } from "vitest";
import { UNKNOWN } from "../../providers/protocol/provider";
import { type PolicyException, policyRules } from "../../stagewright/environment/schema/policy";
import { counts, type Finding, findings } from "../../stagewright/policy/findings";
import type { ResourceState } from "../../stagewright/resources/graph";
import { CASES, type Made, PLANTED, PROVIDERS, STATED } from "./cases";
import { statesOf } from "./declare";

const TODAY = "2026-11-21";

const found = (made: Made[], exceptions: PolicyException[] = [], today = TODAY): Finding[] =>
  findings(statesOf({ ...STATED, exceptions }, PROVIDERS, made), { today });

const told = (rule: string, all: readonly Finding[]): string[] =>
  all
    .filter(({ name }) => name === rule)
    .map(({ resource, says }) => (resource ? `${resource.name} ${says}` : says));

for (const { rule, holds, breaks } of CASES) {
  test(`${rule}: what keeps it, and what breaks it`, () => {
    assert.deepEqual(told(rule, found(holds)), []);
    const all = told(rule, found(breaks.made));
    for (const says of breaks.says)
      assert.ok(
        all.some((one) => says.test(one)),
        `${says} is not among\n${all.join("\n")}`,
      );
    const innocent = PROVIDERS.map(({ name }) => name);
    assert.deepEqual(
      all.filter((one) => innocent.some((name) => one.startsWith(`${name} `))),
      [],
    );
  });
}

test("every rule has a case, but the one about files", () => {
  const covered = new Set<string>(CASES.map(({ rule }) => rule));
  assert.deepEqual(
    policyRules.filter((rule) => !covered.has(rule)),
    ["config-secrets"],
  );
});

test("a database that only the stack's state keeps is not kept", () => {
  const [made] = CASES[0]?.holds ?? [];
  assert.ok(made);
  assert.deepEqual(told("data-protected", found([{ ...made, retainOnDelete: false }])), [
    "kept holds data and would be deleted at the vendor when the stack forgets it",
  ]);
});

test("what a preview does not know yet is no credential in plain, whatever its name", () => {
  const [shown] = CASES.find(({ rule }) => rule === "secrets-marked")?.breaks.made.slice(-1) ?? [];
  assert.ok(shown);
  const toldOf = (value: string) =>
    told("secrets-marked", found([{ ...shown, inputs: { ...shown.inputs, value } }]));
  assert.equal(toldOf("hunter2-hunter2").length, 1);
  assert.deepEqual(toldOf(UNKNOWN), []);
});

test("where no data is protected, plans may be small and nobody needs to approve", () => {
  const relaxed = { ...STATED, protected: false };
  for (const rule of ["data-protected", "production-sizes", "deploys-reviewed"]) {
    const made = CASES.find((one) => one.rule === rule)?.breaks.made ?? [];
    assert.deepEqual(told(rule, findings(statesOf(relaxed, PROVIDERS, made), { today: TODAY })), []);
  }
});

test("without a sponsor nothing is public, whatever the spec says of the account", () => {
  const { sponsor: _, ...unsponsored } = STATED;
  const made = CASES.find(({ rule }) => rule === "bucket-public")?.holds ?? [];
  const all = findings(statesOf(unsponsored, PROVIDERS, made), { today: TODAY });
  assert.deepEqual(told("bucket-public", all), [
    'sponsored lets everybody "s3:GetObject" (statement "Open")',
  ]);
});

test("a sponsor's account that is reached without the sponsor's role, or another account by it, opens nothing", () => {
  const made = CASES.find(({ rule }) => rule === "bucket-public")?.holds ?? [];
  for (const sponsor of [
    { account: "222222222222", role: "arn:aws:iam::222222222222:role/other" },
    { account: "333333333333", role: "arn:aws:iam::222222222222:role/sponsored" },
  ]) {
    const all = findings(statesOf({ ...STATED, sponsor }, PROVIDERS, made), { today: TODAY });
    assert.equal(told("bucket-public", all).length, 1);
  }
});

test("a deploy whose environment is missing is told", () => {
  assert.deepEqual(told("deploys-limited", found([])), [
    "the api is deployed without a GitHub environment of acme/api",
  ]);
});

test("a domain's app needs a certificate, by the id or by what the domain depends on", () => {
  const app = "urn:pulumi:live::dandi::heroku:app/app:App::api";
  const states = (domain: object, acm: boolean): ResourceState[] => [
    ...statesOf(STATED, [], []),
    { urn: app, type: "heroku:app/app:App", custom: true, id: "7", inputs: { stack: "heroku-24", acm } },
    {
      urn: "urn:pulumi:live::dandi::heroku:domain/domain:Domain::host",
      type: "heroku:domain/domain:Domain",
      custom: true,
      ...domain,
    },
  ];
  for (const domain of [{ inputs: { appId: "7" } }, { propertyDependencies: { appId: [app] } }]) {
    const without = findings(states(domain, false), { today: TODAY });
    assert.match(told("host-tls", without).join(), /^api has a domain and no certificate/);
    assert.deepEqual(told("host-tls", findings(states(domain, true), { today: TODAY })), []);
  }
});

const CONFIG = "config-secrets";
const inConfig = (config: Record<string, unknown>) =>
  told(CONFIG, findings(statesOf(STATED, [], []), { today: TODAY, config }));

test("config-secrets: credentials in plain configuration, by what they look like, their names and their randomness", () => {
  assert.deepEqual(
    inConfig({
      "dandi:environment": {
        value: {
          name: "live",
          accounts: { project: { id: "278212569472" } },
          errors: { readToken: "sentryReadToken" },
          release: { api: { token: "herokuDeployToken" } },
          api: {
            variables: {
              DJANGO_SECRET_KEY: "${generated.djangoSecretKey}",
              AWS_ACCESS_KEY_ID: "${bucket.accessKeyId}",
              COMMIT: "3d3c42e5aac5ba805825da76410c181273ba90b1",
              MODULE: "dandiapi.settings.production.HerokuProductionConfiguration",
            },
          },
        },
      },
      "aws:region": "us-east-2",
    }),
    [],
  );
  const broken = inConfig({
    "github:token": PLANTED,
    "aws:secretKey": "hunter2-hunter2",
    "dandi:differs": {
      api: { variables: { MAIL_PASSWORD: "tr0ub4dor", OTHER: "q7Zt0LxWv9KbN3mRfY5sHd2PcJ8gXa4E" } },
    },
  });
  assert.deepEqual(broken, [
    '"github:token" holds a GitHub token',
    '"aws:secretKey" is a credential by its name',
    '"dandi:differs.api.variables.MAIL_PASSWORD" is a credential by its name',
    '"dandi:differs.api.variables.OTHER" holds a text that looks random, as credentials do',
  ]);
});

const until = (day: string, more: Partial<PolicyException> = {}): PolicyException => ({
  rule: "production-sizes",
  because: "a trial for two weeks",
  until: day,
  ...more,
});
const SMALL = CASES.find(({ rule }) => rule === "production-sizes")?.breaks.made ?? [];
const speaking = (all: readonly Finding[]) =>
  all.filter((one) => one.name === "production-sizes" && counts(one)).map(({ resource }) => resource?.name);

test("an exception lets pass what it names, up to its last day, and is told with its reason", () => {
  assert.deepEqual(speaking(found(SMALL, [until(TODAY)])), []);
  assert.deepEqual(speaking(found(SMALL, [until(TODAY, { resource: "worker" })])), [
    "small-database",
    "small-broker",
  ]);
  const passed = found(SMALL, [until(TODAY)]).find(({ name }) => name === "production-sizes");
  assert.deepEqual(passed?.excepted, { because: "a trial for two weeks", until: TODAY });
});

test("an exception that has ended lets nothing pass, and the rule says since when", () => {
  const all = found(SMALL, [until("2026-11-20")]);
  assert.deepEqual(speaking(all), ["worker", "small-database", "small-broker"]);
  assert.match(told("production-sizes", all)[0] ?? "", /\(the exception ended on 2026-11-20\)$/);
  assert.deepEqual(
    speaking(found(SMALL, [until("2026-11-20"), until(TODAY)])),
    [],
    "another one still counts",
  );
});

test("an exception that matches nothing is told, as a warning", () => {
  const all = found(SMALL, [
    until(TODAY),
    until(TODAY, { resource: "gone" }),
    until(TODAY, { rule: "tags" }),
  ]);
  assert.deepEqual(told("exceptions", all), [
    'policy.exceptions[1], of production-sizes for "gone", lets nothing pass',
    "policy.exceptions[2], of tags, lets nothing pass",
  ]);
  assert.ok(all.filter(({ name }) => name === "exceptions").every((one) => !counts(one)));
});

test("no finding holds a secret, a plain credential or a control character", () => {
  const all = CASES.flatMap(({ breaks }) => found(breaks.made));
  const hostile = found([
    {
      type: "aws:iam/userPolicy:UserPolicy",
      name: "hostile",
      inputs: {
        policy: JSON.stringify({
          Statement: [{ Sid: "\u001b[31m\n::error::x", Effect: "Allow", Action: "*", Resource: "*" }],
        }),
      },
    },
  ]);
  const text = [...all, ...hostile].map(({ says }) => says).join("|");
  for (const value of [PLANTED, "correct horse", "hunter2", "s3cr3t"])
    assert.ok(!text.includes(value), value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  assert.doesNotMatch(text, /[\u0000-\u001f]/);
});

test("values that are not known yet break nothing", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const made = CASES.flatMap(({ holds }) => holds).map((one) => ({
    ...one,
    inputs: Object.fromEntries(
      Object.entries(one.inputs).map(([key, value]) => [
        key,
        ["policy", "content", "sensitiveUrl"].includes(key) ? unknown : value,
      ]),
    ),
  }));
  for (const rule of [
    "bucket-public",
    "bucket-tls",
    "connection-tls",
    "least-privilege",
    "github-rights",
    "actions-pinned",
  ])
    assert.deepEqual(told(rule, found(made)), [], rule);
});
