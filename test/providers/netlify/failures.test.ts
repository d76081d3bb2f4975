import assert from "node:assert/strict";
import { test } from "vitest";
import { netlifyProvider } from "../../../providers/netlify/provider";
import { retryDelay } from "../../../providers/netlify/retry";
import { UNKNOWN } from "../../../providers/protocol/provider";
import { serveNetlifyApi } from "../../../stagewright/rehearsal/vendors/netlify/server";
import { MemoryStore } from "../../../stagewright/rehearsal/vendors/netlify/store";
import { BUILD_HOOK, DEPLOY_KEY, DOCS, make, ref, SITE, TOKEN, VARIABLE, world } from "./harness";

test("a wrong token is one sentence that says where it came from", async (t) => {
  const { open } = await world(t);
  const configured = await open({ token: "wrong" });
  await assert.rejects(make(configured, DEPLOY_KEY, {}), {
    message:
      "cannot create a deploy key: Netlify does not accept the access token of the provider's configuration (netlify:token) (401); give it a valid personal access token",
  });
  const fromEnvironment = await open({}, { NETLIFY_AUTH_TOKEN: "wrong" });
  await assert.rejects(
    make(fromEnvironment, DEPLOY_KEY, {}),
    /token of the environment variable NETLIFY_AUTH_TOKEN \(401\)/,
  );
});

test("the token and the address come from the environment where nothing is configured", async (t) => {
  const { url, open } = await world(t);
  await make(await open({}, { NETLIFY_AUTH_TOKEN: TOKEN }), DEPLOY_KEY, {});
  const session = await netlifyProvider({
    env: { NETLIFY_AUTH_TOKEN: TOKEN, NETLIFY_API_URL: `${url}/` },
  }).open({});
  await make(session, DEPLOY_KEY, {});
});

test("without a token a preview works, and the first call says what to set", async (t) => {
  const { open, requests } = await world(t);
  for (const token of [undefined, UNKNOWN, ""]) {
    const session = await open({ token });
    await session.create(ref(SITE), DOCS, true);
    await assert.rejects(
      make(session, DEPLOY_KEY, {}),
      /^ProviderError: cannot create a deploy key: there is no access token; set the environment variable NETLIFY_AUTH_TOKEN or, in the stack, the secret netlify:token$/,
    );
  }
  assert.deepEqual(requests, []);
});

test("the configuration is checked", async () => {
  const { checkConfig } = netlifyProvider();
  const reasons = async (config: Record<string, unknown>) =>
    (await checkConfig?.(config))?.map(({ reason }) => reason);
  assert.deepEqual(
    await reasons({ token: TOKEN, maxAttempts: "3", requestTimeout: 10, version: "0.1.0" }),
    [],
  );
  assert.deepEqual(await reasons({ tokn: TOKEN }), ["tokn is not a known property; did you mean token?"]);
  assert.deepEqual(await reasons({ maxAttempts: "0" }), [
    "maxAttempts must be above 0 and at most 20, not 0",
  ]);
  assert.deepEqual(await reasons({ requestTimeout: "soon" }), ["requestTimeout must be a number, not null"]);
  assert.deepEqual(await reasons({ baseUrl: "http://netlify.example.com" }), [
    'baseUrl must be an https address (http is accepted on the loopback only), not "http://netlify.example.com"',
  ]);
  await assert.rejects(
    netlifyProvider({ env: { NETLIFY_API_URL: "nonsense" } }).open({}),
    /NETLIFY_API_URL\) must be an https address/,
  );
});

test("a rate limit is waited for as its headers say, also by a creation", async (t) => {
  const { session, fail, sleeps, store } = await world(t);
  const body = JSON.stringify({ code: 429, message: "Too many requests" });
  fail("POST /deploy_keys", { status: 429, headers: { "retry-after": "7" }, body });
  await make(session, DEPLOY_KEY, {});
  assert.deepEqual(sleeps, [7_000]);
  assert.equal(store.list("deployKey").length, 1);

  sleeps.length = 0;
  const reset = Math.ceil(Date.now() / 1000) + 60;
  fail("GET /acme/sites", { status: 429, headers: { "x-ratelimit-reset": String(reset) }, body });
  await make(session, SITE, DOCS);
  assert.ok((sleeps[0] ?? 0) > 45_000 && (sleeps[0] ?? 0) <= 61_000, String(sleeps));
});

test("a rate limit that lasts too long, or never ends, is an error", async (t) => {
  const { session, fail, sleeps } = await world(t);
  fail("POST /deploy_keys", {
    status: 429,
    headers: { "retry-after": "3600" },
    body: '{"message":"Too many requests"}',
  });
  await assert.rejects(make(session, DEPLOY_KEY, {}), {
    message:
      "Netlify could not create a deploy key: Too many requests (429); it asks to wait 3600 s, longer than maxRetryDelay allows (90 s)",
  });
  fail("POST /deploy_keys", { status: 429, body: '{"message":"Too many requests"}' }, 9);
  await assert.rejects(make(session, DEPLOY_KEY, {}), /\(429\); after 5 attempts$/);
  assert.deepEqual(sleeps, [500, 1000, 2000, 4000]);
});

for (const status of [500, 502, 503, 504]) {
  test(`a passing ${status} is repeated where that is safe`, async (t) => {
    const { session, fail, sleeps } = await world(t);
    const site = await make(session, SITE, DOCS);
    fail(`GET /sites/${site.id}`, { status, body: "<html>oops</html>" }, 2);
    assert.ok(await session.read(ref(SITE), site.id, site.inputs, site.state));
    fail(`PATCH /sites/${site.id}`, { status });
    await session.update(ref(SITE), site.id, site.state, { ...DOCS, deployPreviews: false }, false);
    fail(`DELETE /sites/${site.id}`, { status, carriedOut: true });
    await session.delete(ref(SITE), site.id, site.state);
    assert.deepEqual(sleeps, [500, 1000, 500, 500]);
  });
}

test("a lasting failure of the server ends after a bounded number of attempts", async (t) => {
  const { session, fail, requests } = await world(t, { maxAttempts: 3 });
  const site = await make(session, SITE, DOCS);
  requests.length = 0;
  fail(`GET /sites/${site.id}`, { status: 503 }, 99);
  await assert.rejects(session.read(ref(SITE), site.id, {}, {}), {
    message: `Netlify could not read the site ${site.id}: Service Unavailable (503); after 3 attempts`,
  });
  assert.equal(requests.length, 3);
});

test("other refusals are not repeated", async (t) => {
  const { session, fail, requests } = await world(t);
  for (const status of [400, 403, 409, 422]) {
    requests.length = 0;
    fail("GET /deploy_keys/abc", { status, body: '{"message":"no"}' });
    await assert.rejects(session.read(ref(DEPLOY_KEY), "abc", {}, {}), {
      message: `Netlify could not read the deploy key abc: no (${status})`,
    });
    assert.equal(requests.length, 1);
  }
});

const LOST = [
  { name: "answered with 503", fault: { status: 503 } },
  { name: "whose connection is lost", fault: { connection: "reset" as const } },
  { name: "that is not answered in time", fault: { connection: "hang" as const } },
];

for (const { name, fault } of LOST) {
  for (const carriedOut of [true, false]) {
    const outcome = carriedOut ? "carried out" : "not carried out";
    test(`a creation ${name} and was ${outcome} makes one of each`, async (t) => {
      const { session, fail, store, requests } = await world(t, { requestTimeout: 0.3 });
      fail("POST /acme/sites", { ...fault, carriedOut });
      const site = await make(session, SITE, DOCS);
      assert.deepEqual(
        store.list("site").map(({ id }) => id),
        [site.id],
      );

      await make(session, BUILD_HOOK, { siteId: site.id, title: "Release", branch: "main" });
      fail(`POST /sites/${site.id}/build_hooks`, { ...fault, carriedOut });
      const hook = await make(session, BUILD_HOOK, { siteId: site.id, title: "Release", branch: "main" });
      const hooks = store.list("buildHook");
      assert.equal(hooks.length, 2);
      assert.equal(hook.id, `${site.id}/${hooks[1]?.id}`); // not the one that was there

      fail("POST /accounts/acme/env", { ...fault, carriedOut });
      await make(session, VARIABLE, { accountSlug: "acme", key: "MODE", values: { all: "a" } });
      assert.equal(store.list("envVar").length, 1);
      const posts = requests.filter((request) => request.startsWith("POST"));
      assert.equal(posts.length, carriedOut ? 4 : 7);
    });
  }
}

test("a deploy key is not made twice: without an answer the person decides", async (t) => {
  const { session, fail, store } = await world(t);
  fail("POST /deploy_keys", { connection: "reset", carriedOut: true });
  await assert.rejects(
    make(session, DEPLOY_KEY, {}),
    /^Unanswered: cannot create a deploy key: the connection to .* failed \(.*\); run the update again \(/,
  );
  assert.equal(store.list("deployKey").length, 1);
});

test("a time-out is one sentence", async (t) => {
  const { session, fail } = await world(t, { requestTimeout: 0.2, maxAttempts: 2 });
  fail("GET /deploy_keys/abc", { connection: "hang" }, 9);
  await assert.rejects(session.read(ref(DEPLOY_KEY), "abc", {}, {}), {
    message: "Netlify did not answer within 0.2 s when asked to read the deploy key abc; after 2 attempts",
  });
});

test("a server that is not there is tried again, also for a creation", async (t) => {
  const { open, sleeps } = await world(t);
  const gone = await serveNetlifyApi(new MemoryStore());
  gone.stop();
  const session = await open({ token: TOKEN, baseUrl: gone.url, maxAttempts: 3 });
  await assert.rejects(make(session, DEPLOY_KEY, {}), {
    message: `cannot create a deploy key: the connection to ${gone.url} failed (ECONNREFUSED); after 3 attempts`,
  });
  assert.equal(sleeps.length, 2);
});

test("an answer that is not Netlify's is said to be so", async (t) => {
  const { session, fail } = await world(t);
  fail("GET /deploy_keys/abc", { status: 200, body: "<html>Welcome</html>" });
  await assert.rejects(
    session.read(ref(DEPLOY_KEY), "abc", {}, {}),
    /is not JSON \(200\); is http:.* its API\?$/,
  );
});

test("a redirection is not followed with the token", async (t) => {
  const { session, fail, requests } = await world(t, { maxAttempts: 1 });
  fail("GET /deploy_keys/abc", { status: 302, headers: { location: "/api/v1/deploy_keys" } });
  await assert.rejects(session.read(ref(DEPLOY_KEY), "abc", {}, {}), /redirect/);
  assert.deepEqual(requests, ["GET /deploy_keys/abc"]);
});

test("no error holds the token", async (t) => {
  const { session, fail } = await world(t, { maxAttempts: 1 });
  const faults = [
    { status: 422, body: JSON.stringify({ message: `bad header Bearer ${TOKEN}` }) },
    { status: 500, body: `trace: ${TOKEN}` },
    { connection: "reset" as const },
    { status: 302, headers: { location: `/${TOKEN}` } },
  ];
  for (const fault of faults) {
    fail("GET /deploy_keys/abc", fault);
    const error: unknown = await session
      .read(ref(DEPLOY_KEY), "abc", {}, {})
      .catch((caught: unknown) => caught);
    assert.ok(error instanceof Error);
    assert.ok(!JSON.stringify([error.message, error.stack, { ...error }]).includes(TOKEN));
  }
});

test("an ID with a slash or a question mark stays one part of the path", async (t) => {
  const { session, requests } = await world(t);
  assert.equal(await session.read(ref(DEPLOY_KEY), "a/b?c", {}, {}), undefined);
  assert.deepEqual(requests, ["GET /deploy_keys/a%2Fb%3Fc"]);
});

test("the wait before a repetition", () => {
  const now = Date.UTC(2026, 0, 1);
  const wait = (headers: Record<string, string>, attempt = 1, chance = 0) =>
    retryDelay({ attempt, headers: new Headers(headers), now, chance });
  assert.equal(wait({ "retry-after": "3" }), 3_000);
  assert.equal(wait({ "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT" }), 9_000);
  assert.equal(wait({ "x-ratelimit-reset": String(now / 1000 + 20) }), 20_000);
  assert.equal(wait({ "x-ratelimit-reset": String(now / 1000 - 20) }), 0);
  assert.equal(wait({ "x-ratelimit-reset": "soon" }, 3), 2_000);
  assert.ok(wait({ "retry-after": "3" }, 1, 1) > 3_000);
  assert.equal(wait({}, 1, 1), 625);
});
