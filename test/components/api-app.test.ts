import assert from "node:assert/strict";
import { test } from "vitest";
import { HerokuApp, type HerokuAppArgs } from "../../components/api-app/heroku";
import { heroku } from "../../stagewright/environment/schema/api/heroku";
import { declared, secretOf, settled } from "./declared";

const APP = "heroku:app/app:App api";
const outputs = {
  "heroku:app/app:App": {
    herokuHostname: "an-app-0123456789ab.herokuapp.com",
    webUrl: "https://an-app-0123456789ab.herokuapp.com/",
  },
  "heroku:domain/domain:Domain": { cname: "calm-reef.herokudns.com" },
};

function apiSpec(changes: object = {}) {
  return heroku.parse({
    via: "heroku",
    app: "an-app",
    buildpacks: ["heroku/python"],
    repository: "an-org/a-repo",
    processes: {
      web: { size: "standard-2x", quantity: 3 },
      worker: { size: "standard-1x", quantity: 0 },
    },
    ...changes,
  });
}

function run(changes: object = {}, args: Partial<HerokuAppArgs> = {}) {
  return declared(
    (opts) =>
      new HerokuApp(
        "api",
        { spec: apiSpec(changes), variables: {}, sensitiveVariables: {}, protected: false, ...args },
        opts,
      ),
    outputs,
  );
}

test("the smallest app: its own host, no domain, no certificate, no drain, no team", async () => {
  const { result, resources } = await run();
  assert.deepEqual([...resources.values()].map(({ type, name }) => `${type} ${name}`).sort(), [
    "heroku:app/app:App api",
    "heroku:app/release:Release api-first",
    "heroku:formation/formation:Formation api-web",
    "heroku:formation/formation:Formation api-worker",
    "heroku:slug/slug:Slug api-first",
    "stagewright:index:ApiApp api",
  ]);
  const { inputs } = resources.get(APP) ?? {};
  assert.equal(inputs?.acm, false);
  assert.equal(inputs?.organization, undefined);
  assert.equal(inputs?.region, "us");
  assert.deepEqual(inputs?.buildpacks, ["heroku/python"]);
  assert.equal(result.dnsTarget, undefined);
  assert.equal(await settled(result.url), "https://an-app-0123456789ab.herokuapp.com");
  assert.equal(await settled(result.webUrl), "https://an-app-0123456789ab.herokuapp.com/");
});

test("a host brings a domain, a managed certificate and a target for DNS", async () => {
  const { result, resources } = await run({ host: "api.example.org", team: "a-team" });
  const { inputs } = resources.get(APP) ?? {};
  assert.equal(inputs?.acm, true);
  assert.deepEqual(inputs?.organization, { name: "a-team" });
  assert.equal(resources.get("heroku:domain/domain:Domain api-host")?.inputs.hostname, "api.example.org");
  assert.equal(await settled(result.dnsTarget), "calm-reef.herokudns.com");
  assert.equal(await settled(result.url), "https://api.example.org");
});

test("config vars go to the app, and secrets stay secret", async () => {
  const { resources } = await run(
    {},
    { variables: { PLAIN: "p" }, sensitiveVariables: { KEY: "k" }, logDrainUrl: "syslog+tls://u:p@logs" },
  );
  const { inputs } = resources.get(APP) ?? {};
  assert.deepEqual(inputs?.configVars, { PLAIN: "p" });
  assert.deepEqual(secretOf(inputs?.sensitiveConfigVars), { KEY: "k" });
  const drain = resources.get("heroku:drain/drain:Drain api-logs");
  assert.equal(secretOf(drain?.inputs.sensitiveUrl), "syslog+tls://u:p@logs");
});

test("dynos wait for the first release, which has every process type", async () => {
  const { resources } = await run();
  const slug = resources.get("heroku:slug/slug:Slug api-first");
  assert.deepEqual(slug?.inputs.processTypes, { web: "perl web.pl", worker: "sleep infinity" });
  const filePath = String(slug?.inputs.filePath);
  assert.ok(!filePath.startsWith("/"), filePath);
  assert.match(filePath, /components\/first-release\/slug\.tgz$/);
  const release = resources.get("heroku:app/release:Release api-first");
  assert.equal(release?.inputs.slugId, "api-first-id");
  const web = resources.get("heroku:formation/formation:Formation api-web");
  const { appId, type, size, quantity } = web?.inputs ?? {};
  assert.deepEqual(
    { appId, type, size, quantity },
    { appId: "api-id", type: "web", size: "standard-2x", quantity: 3 },
  );
  const [dependency] = [web?.options.dependsOn].flat();
  assert.equal(await urnName(dependency), "api-first");
});

test("nothing of a later spec touches the first release", async () => {
  const { resources } = await run();
  const ignored = (key: string) => resources.get(key)?.options.ignoreChanges;
  assert.deepEqual(ignored("heroku:slug/slug:Slug api-first"), [
    "filePath",
    "checksum",
    "processTypes",
    "stack",
  ]);
  assert.deepEqual(ignored("heroku:app/release:Release api-first"), ["slugId", "description"]);
});

test("where data is protected, so are the app that owns it, its domain and its first release", async () => {
  for (const isProtected of [true, false]) {
    const { resources } = await run({ host: "api.example.org" }, { protected: isProtected });
    for (const key of [
      APP,
      "heroku:app/release:Release api-first",
      "heroku:domain/domain:Domain api-host",
      "heroku:slug/slug:Slug api-first",
    ]) {
      assert.equal(resources.get(key)?.options.protect ?? false, isProtected, key);
      assert.equal(resources.get(key)?.options.retainOnDelete ?? false, isProtected, key);
    }
  }
});

test("the schema refuses what Heroku would not run", () => {
  const refused = (processes: object) =>
    heroku.safeParse({ ...apiSpec(), processes }).error?.issues[0]?.message;
  const web = { size: "basic", quantity: 1 };
  assert.match(String(refused({ worker: web })), /'web'/);
  assert.match(String(refused({ web, release: web })), /'release'/);
  assert.match(String(refused({ web: { ...web, quantity: 2 } })), /do not scale/);
  assert.match(String(refused({ web, worker: { size: "standard-1x", quantity: 1 } })), /do not mix/);
  assert.equal(refused({ web, worker: web }), undefined);
});

async function urnName(dependency: unknown): Promise<string | undefined> {
  const { urn } = dependency as HerokuApp;
  return (await settled(urn))?.split("::").at(-1);
}
