import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "vitest";
import { findEngine } from "../../../stagewright/engine/find";
import { run } from "../../../stagewright/host/run";
import { serveNetlifyApi } from "../../../stagewright/rehearsal/vendors/netlify/server";
import { MemoryStore } from "../../../stagewright/rehearsal/vendors/netlify/store";
import { ACCOUNT, TOKEN } from "./harness";

const ROOT = path.resolve(__dirname, "../../..");

const PROGRAM = `
import { Config } from "@pulumi/pulumi";
import { BuildHook, DeployKey, EnvironmentVariable, Provider, Site } from "@pulumi/netlify";

const config = new Config();
const domain = config.get("domain");
const token = config.getSecret("token");
const provider = token && new Provider("own", { token, maxAttempts: 3 });
const opts = { provider };
const key = new DeployKey("key", {}, opts);
const site = new Site("site", {
  accountSlug: "acme",
  name: "acme-docs",
  repository: { provider: "github", path: "acme/docs", branch: "main", deployKeyId: key.id },
  customDomain: domain,
}, { ...opts, import: config.get("siteId") });
const hook = new BuildHook("hook", { siteId: site.id, title: "Release", branch: "main" }, opts);
new EnvironmentVariable("variable", { accountSlug: "acme", siteId: site.id, key: "MODE", values: { all: "docs" } }, opts);
export const defaultDomain = site.defaultDomain;
export const url = hook.url;
`;

const PROJECT = {
  name: "netlify-test",
  runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--import tsx" } },
  main: "index.ts",
  plugins: { providers: [{ name: "netlify", path: path.join(ROOT, "providers/netlify") }] },
};

interface Deployment {
  deployment: {
    resources: { type: string; id?: string; outputs?: Record<string, unknown>; initErrors?: string[] }[];
  };
}

/** A project on disk with the engine, its state in files beside it. */
async function project(env: NodeJS.ProcessEnv) {
  const engine = await findEngine();
  const directory = mkdtempSync(path.join(tmpdir(), "netlify-engine-"));
  writeFileSync(path.join(directory, "Pulumi.yaml"), JSON.stringify(PROJECT));
  writeFileSync(path.join(directory, "index.ts"), PROGRAM);
  writeFileSync(path.join(directory, "package.json"), '{ "type": "commonjs" }');
  symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  const everything = {
    ...process.env,
    ...engine.env,
    PULUMI_HOME: path.join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${directory}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...env,
  };
  return {
    pulumi: (...args: string[]) =>
      run(engine.pulumi, [...args, "--non-interactive"], {
        cwd: directory,
        env: everything,
        timeoutMs: 120_000,
      }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

test("the engine starts the provider from its path, and takes sites up, through drift, and down", async (t) => {
  const store = new MemoryStore([ACCOUNT]);
  const served = await serveNetlifyApi(store, { accepts: (token) => token === TOKEN });
  const { pulumi, remove } = await project({ NETLIFY_AUTH_TOKEN: TOKEN, NETLIFY_API_URL: served.url });
  t.onTestFinished(() => {
    served.stop();
    remove();
  });
  const succeed = async (...args: string[]) => {
    const { code, output } = await pulumi(...args);
    assert.equal(code, 0, output);
    assert.ok(!output.includes(TOKEN));
    return output;
  };
  const state = async (...args: string[]): Promise<Deployment> =>
    JSON.parse(await succeed("stack", "export", ...args));

  await succeed("stack", "init", "test");
  assert.match(await succeed("preview"), /\+ 5 to create/);
  assert.deepEqual(store.list("site"), []);
  await succeed("up", "--yes", "--skip-preview");
  const [site] = store.list("site");
  const [hook] = store.list("buildHook");
  assert.equal(site?.name, "acme-docs");
  assert.equal(store.list("envVar").length, 1);
  const shown = JSON.stringify(await state());
  assert.ok(!shown.includes(String(hook?.url)) && !shown.includes(TOKEN)); // the address is encrypted
  assert.ok(JSON.stringify(await state("--show-secrets")).includes(String(hook?.url)));
  assert.match(await succeed("preview", "--expect-no-changes"), /5 unchanged/);

  store.put("site", String(site?.id), { ...site, custom_domain: "by.hand.test" });
  assert.match(await succeed("refresh", "--yes", "--skip-preview"), /~ 1 updated/);
  await succeed("up", "--yes", "--skip-preview");
  assert.equal(store.list("site")[0]?.custom_domain, undefined);
  store.remove("buildHook", String(hook?.id));
  assert.match(await succeed("refresh", "--yes", "--skip-preview"), /- 1 deleted/);
  await succeed("up", "--yes", "--skip-preview");
  assert.equal(store.list("buildHook").length, 1);

  await succeed("destroy", "--yes", "--skip-preview");
  for (const kind of ["site", "buildHook", "deployKey", "envVar"] as const)
    assert.deepEqual(store.list(kind), []);
});

test("the engine keeps a site whose domain is refused, and mends it on the next update", async (t) => {
  const store = new MemoryStore([ACCOUNT]);
  store.put("site", "other", {
    id: "other",
    name: "other",
    custom_domain: "docs.acme.test",
    domain_aliases: [],
    build_settings: {},
  });
  const served = await serveNetlifyApi(store, { accepts: (token) => token === TOKEN });
  const { pulumi, remove } = await project({ NETLIFY_API_URL: served.url });
  t.onTestFinished(() => {
    served.stop();
    remove();
  });
  await pulumi("stack", "init", "test");
  await pulumi("config", "set", "domain", "docs.acme.test");
  await pulumi("config", "set", "--secret", "token", TOKEN);
  const failed = await pulumi("up", "--yes", "--skip-preview");
  assert.notEqual(failed.code, 0);
  assert.match(
    failed.output,
    /"acme-docs" was created, but without its domains: .*customDomain must be unique \(422\)/,
  );
  const { output } = await pulumi("stack", "export");
  assert.ok(!output.includes(TOKEN) && !failed.output.includes(TOKEN));
  const exported: Deployment = JSON.parse(output);
  const recorded = exported.deployment.resources.find(({ type }) => type === "netlify:index/site:Site");
  assert.equal(recorded?.id, store.list("site").find(({ name }) => name === "acme-docs")?.id);
  assert.equal(recorded?.initErrors?.length, 1);

  store.remove("site", "other");
  const mended = await pulumi("up", "--yes", "--skip-preview");
  assert.equal(mended.code, 0, mended.output);
  assert.deepEqual(
    store.list("site").map(({ name, custom_domain }) => [name, custom_domain]),
    [["acme-docs", "docs.acme.test"]],
  );
  const destroyed = await pulumi("destroy", "--yes", "--skip-preview");
  assert.equal(destroyed.code, 0, destroyed.output);
});

test("the engine imports a site that was made by hand", async (t) => {
  const store = new MemoryStore([ACCOUNT]);
  const served = await serveNetlifyApi(store);
  const { pulumi, remove } = await project({ NETLIFY_AUTH_TOKEN: TOKEN, NETLIFY_API_URL: served.url });
  t.onTestFinished(() => {
    served.stop();
    remove();
  });
  const made = await fetch(`${served.url}/acme/sites`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ name: "acme-docs", custom_domain: "docs.acme.test", force_ssl: true }),
  });
  const { id } = (await made.json()) as { id: string };
  await pulumi("stack", "init", "test");
  await pulumi("config", "set", "siteId", id);
  const imported = await pulumi("up", "--yes", "--skip-preview");
  assert.equal(imported.code, 0, imported.output);
  assert.match(imported.output, /= 1 imported/);
  const [site] = store.list("site");
  assert.equal(store.list("site").length, 1);
  assert.equal(site?.id, id);
  assert.equal(site?.custom_domain, undefined); // as the program has it
  const preview = await pulumi("preview", "--expect-no-changes");
  assert.equal(preview.code, 0, preview.output);
});
