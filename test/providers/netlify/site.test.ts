import assert from "node:assert/strict";
import { test } from "vitest";
import { PartialFailure, type Properties, UNKNOWN } from "../../../providers/protocol/provider";
import {
  BUILD_HOOK,
  DEPLOY_KEY,
  DOCS,
  failuresOf,
  make,
  plain,
  ref,
  SITE,
  type World,
  world,
} from "./harness";

const REPOSITORY = { provider: "github", path: "acme/docs", branch: "main" };
function settingsOf(store: World["store"], id: string): Properties {
  return (store.get("site", id)?.build_settings ?? {}) as Properties;
}

const FULL = {
  ...DOCS,
  repository: REPOSITORY,
  build: {
    command: "npm run build",
    publishDirectory: "dist",
    baseDirectory: "docs",
    functionsDirectory: "functions",
  },
  customDomain: "docs.acme.test",
  domainAliases: ["help.acme.test", "guide.acme.test"],
  forceSsl: true,
  prettyUrls: false,
  buildsEnabled: true,
  deployPreviews: false,
  allowedBranches: ["main", "next"],
};

test("a site is created in its team with everything that is said", async (t) => {
  const { session, store } = await world(t);
  const key = await make(session, DEPLOY_KEY, {});
  const site = await make(session, SITE, {
    ...FULL,
    repository: { ...REPOSITORY, deployKeyId: key.id, installationId: 7 },
  });

  const kept = store.get("site", site.id);
  assert.equal(kept?.account_id, "5a1b2c3d4e5f60718293a4b5");
  assert.deepEqual(kept?.build_settings, {
    provider: "github",
    repo_path: "acme/docs",
    repo_branch: "main",
    deploy_key_id: key.id,
    installation_id: 7,
    cmd: "npm run build",
    dir: "dist",
    base: "docs",
    functions_dir: "functions",
    allowed_branches: ["main", "next"],
    stop_builds: false,
    skip_prs: true,
  });
  assert.equal(kept?.custom_domain, "docs.acme.test");
  assert.deepEqual(kept?.processing_settings, { html: { pretty_urls: false } });
  assert.equal(kept?.force_ssl, true);
  const { defaultDomain, url, adminUrl, accountId } = site.state;
  assert.deepEqual(
    { defaultDomain, url, adminUrl, accountId },
    {
      defaultDomain: "acme-docs.netlify.app",
      url: "https://docs.acme.test",
      adminUrl: "https://app.netlify.com/projects/acme-docs",
      accountId: "5a1b2c3d4e5f60718293a4b5",
    },
  );
});

test("a preview knows the default domain, and asks Netlify nothing", async (t) => {
  const { session, requests } = await world(t);
  const { state } = await session.create(ref(SITE), FULL, true);
  assert.equal(state.defaultDomain, "acme-docs.netlify.app");
  assert.equal(state.url, UNKNOWN);
  assert.equal(
    (await session.create(ref(SITE), { ...DOCS, name: UNKNOWN }, true)).state.defaultDomain,
    UNKNOWN,
  );
  assert.deepEqual(requests, []);
});

test("a preview of an update keeps what the change does not touch", async (t) => {
  const { session } = await world(t);
  const site = await make(session, SITE, DOCS);
  const calm = await session.update(ref(SITE), site.id, site.state, { ...DOCS, deployPreviews: false }, true);
  assert.equal(calm.url, "http://acme-docs.netlify.app");
  assert.equal(calm.adminUrl, site.state.adminUrl);
  const renamed = await session.update(ref(SITE), site.id, site.state, { ...DOCS, name: "other" }, true);
  assert.equal(renamed.defaultDomain, "other.netlify.app");
  assert.equal(renamed.url, UNKNOWN);
});

test("a read of an unchanged site gives back the inputs", async (t) => {
  const { session } = await world(t);
  for (const inputs of [
    FULL,
    { ...DOCS, name: "bare" },
    { ...DOCS, name: "said", buildsEnabled: true, domainAliases: [] },
  ]) {
    const site = await make(session, SITE, {
      ...inputs,
      customDomain: inputs === FULL ? FULL.customDomain : undefined,
    });
    const read = await session.read(ref(SITE), site.id, site.inputs, site.state);
    assert.deepEqual(read?.inputs, site.inputs);
    assert.deepEqual(plain(read?.state ?? {}), site.state);
  }
});

test("an import gives the inputs that would make the site", async (t) => {
  const { session } = await world(t);
  const site = await make(session, SITE, FULL);
  const byId = await session.read(ref(SITE), site.id, {}, {});
  const { buildsEnabled: _, ...said } = FULL; // the vendor's default needs not be said
  assert.deepEqual(byId?.inputs, said);
  assert.deepEqual(await failuresOf(session, SITE, byId?.inputs ?? {}), []);
  const byHost = await session.read(ref(SITE), "acme-docs.netlify.app", {}, {});
  assert.equal(byHost?.id, site.id);
});

test("drift shows in what was said and in what was not", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, { ...DOCS, repository: REPOSITORY });
  const kept = store.get("site", site.id) ?? {};
  store.put("site", site.id, {
    ...kept,
    custom_domain: "by.hand.test",
    build_settings: { ...(kept.build_settings as object), repo_branch: "hotfix", stop_builds: true },
  });
  const read = await session.read(ref(SITE), site.id, site.inputs, site.state);
  assert.deepEqual(read?.inputs, {
    ...DOCS,
    repository: { ...REPOSITORY, branch: "hotfix" },
    customDomain: "by.hand.test",
    buildsEnabled: false,
  });
});

test("a list in another order is no drift", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, FULL);
  store.put("site", site.id, {
    ...store.get("site", site.id),
    domain_aliases: ["guide.acme.test", "help.acme.test"],
  });
  const read = await session.read(ref(SITE), site.id, site.inputs, site.state);
  assert.deepEqual(read?.inputs, site.inputs);
});

test("what means nothing to Netlify is no change", async (t) => {
  const { session } = await world(t);
  const changes = async (olds: Properties, news: Properties) =>
    (await session.diff(ref(SITE), "id", { ...DOCS, ...olds }, { ...DOCS, ...news }, [])).changes;
  assert.deepEqual(await changes({}, { buildsEnabled: true, deployPreviews: true, domainAliases: [] }), {});
  assert.deepEqual(await changes({ forceSsl: true, prettyUrls: false, allowedBranches: ["main"] }, {}), {});
  assert.deepEqual(await changes({}, { buildsEnabled: false }), { buildsEnabled: "add" });
  assert.deepEqual(await changes({ customDomain: "a.test" }, {}), { customDomain: "delete" });
  assert.deepEqual(await changes({}, { forceSsl: false }), { forceSsl: "add" });
  assert.deepEqual(await changes({ forceSsl: true }, { forceSsl: false }), { forceSsl: "update" });
});

test("an update is made in place, and takes back what is no longer said", async (t) => {
  const { session, store, requests } = await world(t);
  const site = await make(session, SITE, FULL);
  requests.length = 0;
  const news = {
    accountSlug: "acme",
    name: "acme-guide",
    repository: { ...REPOSITORY, branch: "next" },
    build: { command: "make" },
  };
  assert.deepEqual(
    Object.values((await session.diff(ref(SITE), site.id, site.inputs, news, [])).changes).filter((k) =>
      k.endsWith("replace"),
    ),
    [],
  );
  const state = await session.update(ref(SITE), site.id, site.state, news, false);
  assert.deepEqual(requests, [`PATCH /sites/${site.id}`]);
  assert.equal(state.defaultDomain, "acme-guide.netlify.app");
  const kept = store.get("site", site.id);
  assert.equal(kept?.custom_domain, undefined);
  assert.deepEqual(kept?.domain_aliases, []);
  const { repo_branch, cmd, dir, stop_builds, skip_prs, allowed_branches } = settingsOf(store, site.id);
  assert.deepEqual(
    { repo_branch, cmd, dir, stop_builds, skip_prs, allowed_branches },
    {
      repo_branch: "next",
      cmd: "make",
      dir: "",
      stop_builds: false,
      skip_prs: false,
      allowed_branches: ["next"],
    },
  );
});

test("a change of the build alone does not link the repository anew", async (t) => {
  const { session, exchanges } = await world(t);
  const site = await make(session, SITE, { ...DOCS, repository: REPOSITORY });
  await session.update(ref(SITE), site.id, site.state, { ...site.inputs, build: { command: "make" } }, false);
  assert.deepEqual(JSON.parse(exchanges.at(-1)?.request ?? ""), {
    name: "acme-docs",
    build_settings: { cmd: "make" },
  });
});

test("taking the repository away unlinks it, once", async (t) => {
  const { session, store, requests } = await world(t);
  const site = await make(session, SITE, { ...DOCS, repository: REPOSITORY });
  await make(session, BUILD_HOOK, { siteId: site.id, title: "Release", branch: "main" });
  await session.update(ref(SITE), site.id, site.state, DOCS, false);
  assert.equal(settingsOf(store, site.id).repo_path, undefined);
  assert.deepEqual(store.list("buildHook"), []);
  await session.update(ref(SITE), site.id, site.state, DOCS, false);
  assert.equal(requests.filter((request) => request.startsWith("PUT")).length, 1);
});

test("another team is another site, and the old one goes first", async (t) => {
  const { session } = await world(t);
  const site = await make(session, SITE, DOCS);
  const diff = await session.diff(ref(SITE), site.id, site.inputs, { ...DOCS, accountSlug: "globex" }, []);
  assert.deepEqual(diff, { changes: { accountSlug: "update-replace" }, deleteBeforeReplace: true });
});

test("a deleted site is gone, also when it was gone already", async (t) => {
  const { session, store } = await world(t);
  const site = await make(session, SITE, DOCS);
  await session.delete(ref(SITE), site.id, site.state);
  assert.deepEqual(store.list("site"), []);
  assert.equal(await session.read(ref(SITE), site.id, site.inputs, site.state), undefined);
  await session.delete(ref(SITE), site.id, site.state);
});

test("a name that another team has is refused with the vendor's words and our field", async (t) => {
  const { session } = await world(t);
  await make(session, SITE, { ...DOCS, accountSlug: "globex" });
  await assert.rejects(make(session, SITE, DOCS), {
    message: 'Netlify could not create the site "acme-docs" in the team "acme": name must be unique (422)',
  });
});

test("a site that the team has already is not taken over, but can be imported", async (t) => {
  const { session } = await world(t);
  const { id } = await make(session, SITE, DOCS);
  await make(session, SITE, { ...DOCS, name: "acme-docs-two" });
  await assert.rejects(make(session, SITE, DOCS), {
    message: `the site "acme-docs" exists already in the team "acme"; import it with the ID ${id}`,
  });
});

test("a site whose domain is refused exists all the same, without the domain", async (t) => {
  const { session, store } = await world(t);
  await make(session, SITE, { ...DOCS, name: "first", customDomain: "docs.acme.test" });
  const inputs = { ...DOCS, buildsEnabled: false, customDomain: "docs.acme.test" };
  const failure = await make(session, SITE, inputs).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(failure instanceof PartialFailure);
  assert.match(
    failure.message,
    /"acme-docs" was created, but without its domains: .*customDomain must be unique \(422\)$/,
  );
  assert.ok(store.get("site", failure.id));
  assert.deepEqual(failure.inputs, { ...DOCS, buildsEnabled: false });
  assert.equal(plain(failure.state).defaultDomain, "acme-docs.netlify.app");

  const diff = await session.diff(
    ref(SITE),
    failure.id,
    failure.inputs,
    { ...inputs, customDomain: "free.acme.test" },
    [],
  );
  assert.deepEqual(diff.changes, { customDomain: "add" });
  await session.update(
    ref(SITE),
    failure.id,
    plain(failure.state),
    { ...inputs, customDomain: "free.acme.test" },
    false,
  );
  assert.equal(store.get("site", failure.id)?.custom_domain, "free.acme.test");
});

test("an unknown team and an unknown deploy key are refused", async (t) => {
  const { session } = await world(t);
  await assert.rejects(
    make(session, SITE, { ...DOCS, accountSlug: "nobody" }),
    /in the team "nobody": Not Found \(404\)$/,
  );
  const repository = { ...REPOSITORY, deployKeyId: "000000000000000000000000" };
  await assert.rejects(make(session, SITE, { ...DOCS, repository }), /deployKeyId does not exist \(422\)$/);
});

test("a team with more sites than a page has is searched to the end", async (t) => {
  const { session, store } = await world(t);
  for (let i = 0; i < 120; i++) {
    const id = `site-${i}`;
    store.put("site", id, {
      id,
      name: `acme-docs-${i}`,
      account_id: "5a1b2c3d4e5f60718293a4b5",
      domain_aliases: [],
      build_settings: {},
    });
  }
  await make(session, SITE, DOCS);
  await assert.rejects(make(session, SITE, DOCS), /exists already/);
});

test("inputs are checked before anything is asked", async (t) => {
  const { session, requests } = await world(t);
  const cases: [object, string][] = [
    [{}, "accountSlug: accountSlug is required"],
    [{ ...DOCS, nmae: "x" }, "nmae: nmae is not a known property; did you mean name?"],
    [
      { ...DOCS, zzzzzzzzzz: 1 },
      "zzzzzzzzzz: zzzzzzzzzz is not a known property; known are accountSlug, name, repository, build, customDomain, domainAliases, forceSsl, prettyUrls, buildsEnabled, deployPreviews, allowedBranches",
    ],
    [
      { ...DOCS, name: "Docs" },
      'name: name must be at most 63 lower-case letters, digits and hyphens, no hyphen at either end, not "Docs"',
    ],
    [
      { ...DOCS, name: "-docs" },
      'name: name must be at most 63 lower-case letters, digits and hyphens, no hyphen at either end, not "-docs"',
    ],
    [{ ...DOCS, forceSsl: "yes" }, 'forceSsl: forceSsl must be true or false, not "yes"'],
    [
      { ...DOCS, customDomain: "https://docs.acme.test" },
      'customDomain: customDomain must be a domain name in lower case, not "https://docs.acme.test"',
    ],
    [
      { ...DOCS, repository: { ...REPOSITORY, path: "docs" } },
      'repository.path: repository.path must be of the form owner/name, not "docs"',
    ],
    [
      { ...DOCS, repository: { ...REPOSITORY, provider: "svn" } },
      'repository.provider: repository.provider must be one of github, gitlab, bitbucket, azure-devops, not "svn"',
    ],
    [
      { ...DOCS, build: { comand: "make" } },
      "build.comand: build.comand is not a known property; did you mean command?",
    ],
    [
      { ...DOCS, domainAliases: ["a.acme.test"] },
      "domainAliases: domainAliases needs customDomain, the domain they stand for",
    ],
    [
      { ...DOCS, repository: REPOSITORY, allowedBranches: ["next"] },
      'allowedBranches: allowedBranches must contain repository.branch ("main"), or it would not be deployed',
    ],
  ];
  for (const [inputs, expected] of cases)
    assert.equal((await failuresOf(session, SITE, inputs as never))[0], expected);
  const sixtyThree = "a".repeat(63);
  assert.deepEqual(await failuresOf(session, SITE, { ...DOCS, name: sixtyThree }), []);
  assert.equal((await failuresOf(session, SITE, { ...DOCS, name: `${sixtyThree}a` })).length, 1);
  const unknowns = {
    accountSlug: UNKNOWN,
    name: UNKNOWN,
    repository: { ...REPOSITORY, deployKeyId: UNKNOWN },
    domainAliases: UNKNOWN,
    allowedBranches: [UNKNOWN],
  };
  assert.deepEqual(await failuresOf(session, SITE, unknowns), []);
  assert.deepEqual(requests, []);
});
