import assert from "node:assert/strict";
import { test } from "vitest";
import { Secret, UNKNOWN } from "../../../providers/protocol/provider";
import {
  ACCOUNT,
  BUILD_HOOK,
  CERTIFICATE,
  DEPLOY_KEY,
  DOCS,
  failuresOf,
  make,
  plain,
  ref,
  SITE,
  VARIABLE,
  world,
} from "./harness";

test("a deploy key gives its public half, and can be imported and deleted", async (t) => {
  const { session, store } = await world(t);
  assert.deepEqual((await session.create(ref(DEPLOY_KEY), {}, true)).state, { publicKey: UNKNOWN });
  const key = await make(session, DEPLOY_KEY, {});
  assert.match(String(key.state.publicKey), /^ssh-rsa AAAAB3NzaC1yc2E/);
  const read = await session.read(ref(DEPLOY_KEY), key.id, {}, {});
  assert.deepEqual(read, { id: key.id, inputs: {}, state: key.state });
  await session.delete(ref(DEPLOY_KEY), key.id, key.state);
  await session.delete(ref(DEPLOY_KEY), key.id, key.state);
  assert.deepEqual(store.list("deployKey"), []);
  assert.equal(await session.read(ref(DEPLOY_KEY), key.id, {}, {}), undefined);
});

test("a build hook has a secret address", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, DOCS);
  const inputs = { siteId: site.id, title: "Release", branch: "main" };
  const preview = await session.create(ref(BUILD_HOOK), inputs, true);
  assert.equal(preview.state.url, UNKNOWN);
  const hook = await make(session, BUILD_HOOK, inputs);
  assert.ok(hook.raw.url instanceof Secret);
  const [kept] = store.list("buildHook");
  assert.equal(hook.state.url, `https://api.netlify.com/build_hooks/${kept?.id}`);
  assert.equal(hook.id, `${site.id}/${kept?.id}`);
  const read = await session.read(ref(BUILD_HOOK), hook.id, {}, {});
  assert.deepEqual(read?.inputs, inputs);
  assert.ok(read?.state.url instanceof Secret);
});

test("a build hook is changed in place, but moved to another site by replacement", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, DOCS);
  const hook = await make(session, BUILD_HOOK, { siteId: site.id, title: "Release", branch: "main" });
  const news = { ...hook.inputs, title: "Train", branch: "release" };
  assert.deepEqual((await session.diff(ref(BUILD_HOOK), hook.id, hook.inputs, news, [])).changes, {
    title: "update",
    branch: "update",
  });
  const previewed = await session.update(ref(BUILD_HOOK), hook.id, hook.state, news, true);
  const updated = await session.update(ref(BUILD_HOOK), hook.id, hook.state, news, false);
  for (const state of [previewed, updated]) {
    assert.ok(state.url instanceof Secret);
    assert.deepEqual(plain(state), { ...news, url: hook.state.url });
  }
  assert.equal(store.list("buildHook")[0]?.branch, "release");
  const moved = await session.diff(
    ref(BUILD_HOOK),
    hook.id,
    hook.inputs,
    { ...hook.inputs, siteId: "other" },
    [],
  );
  assert.deepEqual(moved, { changes: { siteId: "update-replace" }, deleteBeforeReplace: false });
});

test("a build hook of no site is refused, a deleted one is gone, a wrong ID is explained", async (t) => {
  const { session } = await world(t);
  await assert.rejects(
    make(session, BUILD_HOOK, { siteId: "none", title: "x", branch: "main" }),
    /site none: Not Found \(404\)$/,
  );
  const site = await make(session, SITE, DOCS);
  const hook = await make(session, BUILD_HOOK, { siteId: site.id, title: "x", branch: "main" });
  await session.delete(ref(BUILD_HOOK), hook.id, hook.state);
  await session.delete(ref(BUILD_HOOK), hook.id, hook.state);
  assert.equal(await session.read(ref(BUILD_HOOK), hook.id, {}, {}), undefined);
  await assert.rejects(session.read(ref(BUILD_HOOK), "abc", {}, {}), {
    message: '"abc" is not an ID of the form SITE_ID/HOOK_ID',
  });
});

test("an environment variable has a value for each context", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, DOCS);
  const inputs = {
    accountSlug: "acme",
    siteId: site.id,
    key: "API_URL",
    values: {
      production: "https://api.acme.test",
      "deploy-preview": "https://staging.acme.test",
      "branch:next": "https://next.acme.test",
    },
    scopes: ["builds", "functions"],
  };
  const variable = await make(session, VARIABLE, inputs);
  assert.equal(variable.id, `acme/${site.id}/API_URL`);
  const [kept] = store.list("envVar");
  assert.equal(kept?.address, `${ACCOUNT.id}/${site.id}/API_URL`);
  assert.deepEqual(
    ((kept?.values ?? []) as Record<string, unknown>[]).map(({ id: _, ...value }) => value),
    [
      { context: "production", value: "https://api.acme.test" },
      { context: "deploy-preview", value: "https://staging.acme.test" },
      { context: "branch", context_parameter: "next", value: "https://next.acme.test" },
    ],
  );
  for (const known of [inputs, {}]) {
    const read = await session.read(ref(VARIABLE), variable.id, known, variable.state);
    assert.deepEqual(read?.inputs, inputs);
    assert.deepEqual(plain(read?.state ?? {}), variable.state);
  }
});

test("a variable of the team, with default scopes, reads back without them", async (t) => {
  const { session } = await world(t);
  const inputs = { accountSlug: "acme", key: "NODE_VERSION", values: { all: "20" } };
  const variable = await make(session, VARIABLE, inputs);
  assert.equal(variable.id, "acme/NODE_VERSION");
  assert.deepEqual((await session.read(ref(VARIABLE), variable.id, {}, {}))?.inputs, inputs);
  await assert.rejects(session.read(ref(VARIABLE), "acme", {}, {}), /"acme" is not an ID of the form/);
});

test("a variable is updated whole, and renamed by replacement", async (t) => {
  const { session, store } = await world(t);
  const variable = await make(session, VARIABLE, {
    accountSlug: "acme",
    key: "MODE",
    values: { all: "a", production: "b" },
  });
  const news = { ...variable.inputs, values: { production: "c" } };
  const changes = (await session.diff(ref(VARIABLE), variable.id, variable.inputs, news, [])).changes;
  assert.deepEqual(changes, { "values.all": "delete", "values.production": "update" });
  await session.update(ref(VARIABLE), variable.id, variable.state, news, false);
  const read = await session.read(ref(VARIABLE), variable.id, news, variable.state);
  assert.deepEqual(read?.inputs, news);
  const renamed = await session.diff(ref(VARIABLE), variable.id, news, { ...news, key: "MODUS" }, []);
  assert.deepEqual(renamed, { changes: { key: "update-replace" }, deleteBeforeReplace: true });
  await session.delete(ref(VARIABLE), variable.id, variable.state);
  await session.delete(ref(VARIABLE), variable.id, variable.state);
  assert.deepEqual(store.list("envVar"), []);
  assert.equal(await session.read(ref(VARIABLE), variable.id, news, variable.state), undefined);
});

test("a secret variable is secret in the state, and what Netlify hides is no drift", async (t) => {
  const { session, exchanges } = await world(t);
  const inputs = { accountSlug: "acme", key: "API_KEY", values: { production: "hush" }, isSecret: true };
  const preview = await session.create(ref(VARIABLE), inputs, true);
  assert.ok(preview.state.values instanceof Secret);
  const variable = await make(session, VARIABLE, inputs);
  assert.ok(variable.raw.values instanceof Secret);
  const read = await session.read(ref(VARIABLE), variable.id, inputs, variable.state);
  assert.ok(!exchanges.at(-1)?.answer.includes("hush"));
  assert.ok(read?.inputs.values instanceof Secret && read.state.values instanceof Secret);
  assert.deepEqual(plain(read.inputs), inputs);
  const imported = await session.read(ref(VARIABLE), variable.id, {}, {});
  assert.deepEqual(plain(imported?.inputs ?? {}), { ...inputs, values: { production: "" } });
});

test("a variable that exists is not taken over, and one of no site is refused", async (t) => {
  const { session } = await world(t);
  const inputs = { accountSlug: "acme", key: "MODE", values: { all: "a" } };
  await make(session, VARIABLE, inputs);
  await assert.rejects(make(session, VARIABLE, inputs), {
    message: "the environment variable MODE exists already; import it with the ID acme/MODE",
  });
  await assert.rejects(make(session, VARIABLE, { ...inputs, siteId: "none" }), /Not Found \(404\)$/);
});

test("the inputs of a variable are checked", async (t) => {
  const { session } = await world(t);
  const base = { accountSlug: "acme", key: "MODE", values: { all: "a" } };
  const cases: [object, RegExp][] = [
    [{ ...base, key: "1X" }, /^key: key must be letters, digits and underscores, from a letter, not "1X"$/],
    [{ ...base, values: {} }, /^values: values needs at least one deploy context$/],
    [
      { ...base, values: { prod: "a" } },
      /^values\["prod"\]: values has the deploy context "prod"; it must be one of all, dev, /,
    ],
    [{ ...base, values: { "branch:": "a" } }, /deploy context "branch:"/],
    [{ ...base, values: { all: 1 } }, /^values: values must be an object of text/],
    [
      { ...base, isSecret: true },
      /^values\["all"\]: values of a secret variable cannot have the deploy context "all"/,
    ],
    [{ ...base, values: { production: "a" }, isSecret: true, scopes: ["post-processing"] }, /^scopes: /],
    [
      { ...base, scopes: ["build"] },
      /^scopes: scopes must be one of builds, functions, runtime, post-processing/,
    ],
  ];
  for (const [inputs, expected] of cases)
    assert.match((await failuresOf(session, VARIABLE, inputs as never))[0] ?? "", expected);
  assert.deepEqual(await failuresOf(session, VARIABLE, { ...base, values: UNKNOWN, isSecret: true }), []);
  assert.deepEqual(await failuresOf(session, VARIABLE, { ...base, values: { all: UNKNOWN } }), []);
});

test("a certificate is provisioned for a custom domain, and one that is there is kept", async (t) => {
  const { session, store, requests } = await world(t);
  const bare = await make(session, SITE, { ...DOCS, name: "bare" });
  await assert.rejects(
    make(session, CERTIFICATE, { siteId: bare.id }),
    /No custom domain configured \(422\)$/,
  );
  const site = await make(session, SITE, { ...DOCS, customDomain: "docs.acme.test" });
  const made = await make(session, CERTIFICATE, { siteId: site.id });
  assert.equal(made.id, site.id);
  assert.equal(made.state.state, "issued");
  assert.deepEqual(made.state.domains, ["docs.acme.test"]);
  requests.length = 0;
  await make(session, CERTIFICATE, { siteId: site.id });
  assert.deepEqual(requests, [`GET /sites/${site.id}/ssl`]);
  assert.deepEqual((await session.read(ref(CERTIFICATE), site.id, {}, {}))?.inputs, { siteId: site.id });
  store.remove("certificate", site.id);
  assert.equal(await session.read(ref(CERTIFICATE), site.id, made.inputs, made.state), undefined);
});

test("a certificate waits for the DNS record, but not for ever", async (t) => {
  const { session, fail, sleeps } = await world(t);
  const site = await make(session, SITE, { ...DOCS, customDomain: "docs.acme.test" });
  const badDns = { status: 422, body: JSON.stringify({ code: 422, message: "bad dns for custom domain" }) };
  fail(`POST /sites/${site.id}/ssl`, badDns, 2);
  assert.equal((await make(session, CERTIFICATE, { siteId: site.id })).state.state, "issued");
  assert.deepEqual(sleeps, [15_000, 15_000]);

  const other = await make(session, SITE, { ...DOCS, name: "other", customDomain: "other.acme.test" });
  fail(`POST /sites/${other.id}/ssl`, badDns, 9);
  await assert.rejects(
    make(session, CERTIFICATE, { siteId: other.id, dnsTimeout: 30 }),
    /bad dns for custom domain \(422\); the domain's DNS record must point to Netlify within 30 s$/,
  );
});

test("an unknown resource type is refused with those that there are", async (t) => {
  const { session } = await world(t);
  await assert.rejects(
    session.check(ref("netlify:index/team:Team"), {}, {}),
    /has no resource type netlify:index\/team:Team; it has netlify:index\/site:Site, /,
  );
});
