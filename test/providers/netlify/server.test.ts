import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { serveNetlifyApi } from "../../../stagewright/rehearsal/vendors/netlify/server";
import { freshId, MemoryStore } from "../../../stagewright/rehearsal/vendors/netlify/store";
import { ACCOUNT, OTHER_ACCOUNT, TOKEN } from "./harness";
import { violations } from "./openapi";

interface Answered {
  status: number;
  body: Record<string, unknown> & { length?: number };
}

/** A client of the server that checks each exchange with the API against the vendor's document. */
async function client(t: TestContext) {
  const store = new MemoryStore([ACCOUNT, OTHER_ACCOUNT]);
  const served = await serveNetlifyApi(store, {
    accepts: (token) => token === TOKEN,
    now: () => Date.UTC(2026, 0, 1),
  });
  t.onTestFinished(() => served.stop());
  const call = async (method: string, address: string, body?: unknown, token = TOKEN): Promise<Answered> => {
    const isHook = address.startsWith("/build_hooks/");
    const url = isHook ? new URL(address, served.url).href : served.url + address;
    const request = body === undefined ? "" : JSON.stringify(body);
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(request === "" ? {} : { body: request }),
    });
    const answer = await response.text();
    const { status } = response;
    if (!isHook && status !== 501) {
      assert.deepEqual(violations({ method, url: `/api/v1${address}`, request, status, answer }), []);
    }
    return { status, body: answer === "" ? {} : JSON.parse(answer) };
  };
  return { store, served, call };
}

const REPO = { provider: "github", repo_path: "acme/docs", repo_branch: "main" };

test("a request needs a valid token, a hook none", async (t) => {
  const { call } = await client(t);
  assert.equal((await call("GET", "/deploy_keys", undefined, "wrong")).status, 401);
  assert.equal((await call("POST", "/build_hooks/000000000000000000000000", {}, "")).status, 404);
});

test("teams are found by slug and by ID, unknown ones are not", async (t) => {
  const { call } = await client(t);
  assert.equal((await call("GET", "/accounts")).body.length, 2);
  assert.deepEqual((await call("GET", `/accounts/${ACCOUNT.slug}`)).body, { ...ACCOUNT });
  assert.deepEqual((await call("GET", `/accounts/${ACCOUNT.id}`)).body, { ...ACCOUNT });
  assert.equal((await call("POST", "/nobody/sites", { name: "x" })).status, 404);
});

test("names are unique over all teams, domains over all sites and aliases", async (t) => {
  const { call } = await client(t);
  const first = await call("POST", "/acme/sites", { name: "docs" });
  assert.equal(first.status, 201);
  assert.match(String(first.body.id), /^[0-9a-f]{8}-[0-9a-f]{4}-/);
  const refused = await call("POST", "/globex/sites", { name: "docs" });
  assert.deepEqual([refused.status, refused.body.errors], [422, { subdomain: ["must be unique"] }]);
  assert.equal((await call("POST", "/acme/sites", { name: "a".repeat(64) })).status, 422);

  await call("PATCH", `/sites/${first.body.id}`, { custom_domain: "a.test", domain_aliases: ["b.test"] });
  const second = await call("POST", "/globex/sites", { name: "second" });
  for (const body of [
    { custom_domain: "a.test" },
    { custom_domain: "b.test" },
    { domain_aliases: ["a.test"] },
  ]) {
    assert.equal((await call("PATCH", `/sites/${second.body.id}`, body)).status, 422);
  }
  assert.equal((await call("PATCH", `/sites/${second.body.id}`, { name: "docs" })).status, 422);
  assert.equal((await call("PATCH", `/sites/${first.body.id}`, { custom_domain: "a.test" })).status, 200);
  assert.equal((await call("GET", "/sites/a.test")).body.id, first.body.id);
});

test("a site without a name gets one, and a listing is paged and filtered", async (t) => {
  const { call } = await client(t);
  assert.match(String((await call("POST", "/sites", {})).body.name), /^site-[0-9a-f]{12}$/);
  for (const name of ["docs", "docs-next"]) await call("POST", "/acme/sites", { name });
  assert.equal((await call("GET", "/acme/sites?name=docs")).body.length, 2);
  assert.equal((await call("GET", "/acme/sites?page=2&per_page=2")).body.length, 1);
  assert.equal((await call("GET", "/globex/sites")).body.length, 0);
  assert.equal((await call("GET", "/sites")).body.length, 3);
});

test("a repository needs a deploy key that exists; only its branch is deployed at first", async (t) => {
  const { call } = await client(t);
  const refused = await call("POST", "/acme/sites", {
    name: "docs",
    repo: { ...REPO, deploy_key_id: "none" },
  });
  assert.equal(refused.status, 422);
  const key = await call("POST", "/deploy_keys");
  assert.match(String(key.body.id), /^[0-9a-f]{24}$/);
  const site = await call("POST", "/acme/sites", {
    name: "docs",
    repo: { ...REPO, deploy_key_id: key.body.id },
  });
  assert.deepEqual((site.body.build_settings as { allowed_branches: unknown }).allowed_branches, ["main"]);
  const unlinked = await call("PUT", `/sites/${site.body.id}/unlink_repo`);
  assert.deepEqual(unlinked.body.build_settings, {});
  assert.equal((await call("GET", `/deploy_keys/${key.body.id}`)).status, 404);
});

test("what belongs to a site goes with it", async (t) => {
  const { call, store } = await client(t);
  const site = await call("POST", "/acme/sites", { name: "docs", repo: REPO });
  const other = await call("POST", "/acme/sites", { name: "other", repo: REPO });
  for (const { body } of [site, other]) {
    const hook = await call("POST", `/sites/${body.id}/build_hooks`, { title: "Release", branch: "main" });
    await call("POST", `/build_hooks/${hook.body.id}`);
    await call("POST", `/accounts/acme/env?site_id=${body.id}`, [
      { key: "A", values: [{ context: "all", value: "1" }] },
    ]);
    await call("PATCH", `/sites/${body.id}`, { custom_domain: `${body.name}.test` });
    await call("POST", `/sites/${body.id}/ssl`);
  }
  await call("DELETE", `/sites/${site.body.id}`);
  for (const kind of ["buildHook", "envVar", "certificate", "build", "deploy"] as const) {
    assert.deepEqual(
      store.list(kind).map((body) => body.site_id),
      [other.body.id],
      kind,
    );
  }
});

test("a POST to a build hook builds its branch, or the one that is asked for", async (t) => {
  const { call } = await client(t);
  const site = await call("POST", "/acme/sites", { name: "docs", repo: REPO });
  const hook = await call("POST", `/sites/${site.body.id}/build_hooks`, { title: "Release", branch: "main" });
  assert.equal(hook.body.url, `https://api.netlify.com/build_hooks/${hook.body.id}`);
  assert.equal((await call("POST", `/build_hooks/${hook.body.id}`, {}, "")).status, 200);
  assert.equal(
    (await call("POST", `/build_hooks/${hook.body.id}?trigger_branch=next&trigger_title=v2&clear_cache=true`))
      .status,
    200,
  );
  const deploys = (await call("GET", `/sites/${site.body.id}/deploys`)).body as unknown as Record<
    string,
    unknown
  >[];
  assert.deepEqual(
    deploys.map(({ branch, title, context, state }) => [branch, title, context, state]),
    [
      ["main", "Deploy triggered by hook: Release", "production", "ready"],
      ["next", "v2", "branch-deploy", "ready"],
    ],
  );
  const builds = (await call("GET", `/sites/${site.body.id}/builds`)).body as unknown as Record<
    string,
    unknown
  >[];
  assert.deepEqual(
    builds.map((build) => build.deploy_id),
    deploys.map((deploy) => deploy.id),
  );
  assert.equal((await call("GET", `/builds/${builds[0]?.id}`)).body.done, true);
  assert.equal((await call("GET", `/sites/${site.body.id}/deploys?branch=next`)).body.length, 1);
  assert.equal((await call("GET", `/sites/${site.body.id}/deploys/${deploys[0]?.id}`)).body.branch, "main");
});

test("nothing is built while builds are stopped, or without a repository", async (t) => {
  const { call, store } = await client(t);
  const site = await call("POST", "/acme/sites", { name: "docs", repo: { ...REPO, stop_builds: true } });
  const hook = await call("POST", `/sites/${site.body.id}/build_hooks`, { title: "Release", branch: "main" });
  assert.equal((await call("POST", `/build_hooks/${hook.body.id}`)).status, 422);
  await call("PATCH", `/sites/${site.body.id}`, { build_settings: { stop_builds: false } });
  assert.equal((await call("POST", `/build_hooks/${hook.body.id}`)).status, 200);
  const bare = await call("POST", "/acme/sites", { name: "bare" });
  assert.equal((await call("POST", `/sites/${bare.body.id}/builds`)).status, 422);
  assert.equal(store.list("build").length, 1);
});

test("a deploy is made from files, as production unless it is a draft", async (t) => {
  const { call } = await client(t);
  const site = await call("POST", "/acme/sites", { name: "docs" });
  const production = await call("POST", `/sites/${site.body.id}/deploys?title=v1`, { files: {} });
  assert.deepEqual([production.body.context, production.body.title], ["production", "v1"]);
  assert.equal(
    (await call("POST", `/sites/${site.body.id}/deploys`, { draft: true })).body.context,
    "deploy-preview",
  );
});

test("a secret's value is shown to nobody, and not for all contexts", async (t) => {
  const { call } = await client(t);
  const variable = (values: object[]) => [{ key: "KEY", is_secret: true, values }];
  assert.equal(
    (await call("POST", "/accounts/acme/env", variable([{ context: "all", value: "x" }]))).status,
    422,
  );
  assert.equal(
    (await call("POST", "/accounts/acme/env", variable([{ context: "production", value: "hush" }]))).status,
    201,
  );
  assert.ok(!JSON.stringify(await call("GET", "/accounts/acme/env/KEY")).includes("hush"));
  assert.equal(
    (await call("POST", "/accounts/acme/env", variable([{ context: "production", value: "x" }]))).status,
    422,
  );
  assert.equal(
    (await call("GET", "/accounts/acme/env?context_name=production&scope=functions")).body.length,
    1,
  );
  assert.equal((await call("GET", "/accounts/acme/env?scope=post-processing")).body.length, 0);
  const site = await call("POST", "/globex/sites", { name: "docs" });
  assert.equal((await call("GET", `/accounts/acme/env?site_id=${site.body.id}`)).status, 404); // another team's site
});

test("what is not played is refused", async (t) => {
  const { call } = await client(t);
  const { status, body } = await call("GET", "/dns_zones");
  assert.deepEqual([status, body.message], [501, "the rehearsal does not play GET /dns_zones"]);
});

test("ids follow from the parts where the store says so, and never collide", () => {
  class Seeded extends MemoryStore {
    override draw(...parts: string[]): string {
      return Buffer.from(parts.join("/").padEnd(16, "-")).toString("hex").slice(-32);
    }
  }
  const draw = () => {
    const store = new Seeded();
    const first = freshId(store, "buildHook", "site", "title");
    store.put("buildHook", first, {});
    return [first, freshId(store, "buildHook", "site", "title")];
  };
  assert.deepEqual(draw(), draw());
  assert.equal(new Set(draw()).size, 2);
});
