import assert from "node:assert/strict";
import { test } from "vitest";
import { ErrorTracking } from "../../components/error-tracking";
import { errorTracking } from "../../stagewright/environment/schema/errors";
import { declared, settled } from "./declared";

const PROJECT = "sentry:index/sentryProject:SentryProject errors";
const KEY = "sentry:index/sentryKey:SentryKey errors-key";
const ALERT = "sentry:index/sentryIssueAlert:SentryIssueAlert errors-alert";
const outputs = {
  "sentry:index/sentryKey:SentryKey": { dsnPublic: "https://k@o1.ingest.us.sentry.io/2" },
  "sentry:index/getSentryTeam:getSentryTeam": { internalId: "4711" },
};

function run(changes: object = {}) {
  const spec = errorTracking.parse({
    organization: "dandiarchive",
    team: "dandidevs",
    project: "dandi-api",
    environment: "staging",
    ...changes,
  });
  return declared((opts) => new ErrorTracking("errors", { spec }, opts), outputs);
}

test("a project of the team with a key of the environment, whose public DSN programs get", async () => {
  const { result, resources } = await run();
  assert.deepEqual(resources.get(PROJECT)?.inputs, {
    organization: "dandiarchive",
    teams: ["dandidevs"],
    name: "dandi-api",
    slug: "dandi-api",
    platform: "python-django",
  });
  assert.deepEqual(resources.get(KEY)?.inputs, {
    organization: "dandiarchive",
    project: "dandi-api",
    name: "staging",
  });
  assert.equal(await settled(result.dsn), "https://k@o1.ingest.us.sentry.io/2");
  assert.equal(await settled(result.environment), "staging");
  assert.equal(await settled(result.projectSlug), "dandi-api");
  assert.equal(resources.has(ALERT), false);
});

test("an existing project is used as it is", async () => {
  const { result, resources } = await run({ existing: true, alert: {} });
  assert.equal(resources.has(PROJECT), false);
  assert.equal(resources.get(KEY)?.inputs.project, "dandi-api");
  assert.equal(resources.get(ALERT)?.inputs.project, "dandi-api");
  assert.equal(await settled(result.projectSlug), "dandi-api");
});

test("a new issue of this environment is mailed to the team", async () => {
  const { resources } = await run({ alert: { everyMinutes: 60 } });
  const inputs = resources.get(ALERT)?.inputs ?? {};
  assert.equal(inputs.frequency, 60);
  assert.deepEqual(inputs.actions, [
    { id: "sentry.mail.actions.NotifyEmailAction", targetType: "Team", targetIdentifier: "4711" },
  ]);
  // Sentry would refuse an alert in an environment that no event came from yet.
  assert.equal(inputs.environment, undefined);
  assert.deepEqual(inputs.filters, [
    {
      id: "sentry.rules.filters.tagged_event.TaggedEventFilter",
      key: "environment",
      match: "eq",
      value: "staging",
    },
  ]);
});

test("the longest name of an environment still gives an alert whose name Sentry accepts", async () => {
  const { resources } = await run({ environment: "e".repeat(64), alert: {} });
  assert.equal(String(resources.get(ALERT)?.inputs.name).length, 64);
});
