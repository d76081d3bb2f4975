import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "vitest";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { github, seedRepository } from "../../stagewright/rehearsal/vendors/github";
import { DEPLOY_KEY } from "../../stagewright/rehearsal/vendors/github/deploy-keys";
import {
  ENVIRONMENT,
  POLICY,
  SECRET,
  VARIABLE,
} from "../../stagewright/rehearsal/vendors/github/environments";
import { FILE } from "../../stagewright/rehearsal/vendors/github/files";
import { RULESET } from "../../stagewright/rehearsal/vendors/github/rulesets";
import { type Play, play } from "./vendor-play";

const repository = "dandi-api";
const environment = { repository, environment: "staging" };
const custom = { deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true } };
const file = { repository, branch: "master", file: ".github/workflows/deploy.yml", content: "on: push\n" };
const ruleset = {
  repository,
  name: "master",
  target: "branch",
  enforcement: "active",
  conditions: { refName: { includes: ["refs/heads/master"], excludes: [] } },
  rules: { deletion: true, nonFastForward: true, pullRequest: {} },
};
const admins = [{ actorType: "RepositoryRole", actorId: 5, bypassMode: "always" }];

async function dandi(config: Properties = {}, earlier?: Play): Promise<Play> {
  const cloud = await play(github, { config: { owner: "dandi", ...config }, store: earlier?.store });
  seedRepository(cloud.store, "dandi", repository, ["staging"]);
  return cloud;
}

function refOf(type: string) {
  return { urn: `urn:pulumi:test::project::${type}::it`, type, name: "it" };
}

test("an environment with its policy, secret and variable: ids as the provider forms them, and a read that agrees", async () => {
  const cloud = await dandi();
  const made: [string, Properties][] = [
    [ENVIRONMENT, { ...environment, ...custom }],
    [POLICY, { ...environment, branchPattern: "master" }],
    [SECRET, { ...environment, secretName: "HEROKU_API_KEY", value: "s3cret" }],
    [VARIABLE, { ...environment, variableName: "HEROKU_APP", value: "dandi-api-staging" }],
  ];
  const ids: string[] = [];
  for (const [type, inputs] of made) {
    const { id, state } = await cloud.create(type, "it", inputs);
    const read = await cloud.session.read(refOf(type), id, inputs, plain(state));
    assert.deepEqual(read, { id, state, inputs }, type);
    ids.push(id);
  }
  assert.equal(ids[0], "dandi-api:staging");
  assert.match(ids[1] ?? "", /^dandi-api:staging:\d+$/);
  assert.deepEqual(ids.slice(2), ["dandi-api:staging:HEROKU_API_KEY", "dandi-api:staging:HEROKU_APP"]);
});

test("an environment named with a colon has an id that can be taken apart", async () => {
  const cloud = await dandi();
  const { id } = await cloud.create(ENVIRONMENT, "it", { repository, environment: "eu:staging" });
  assert.equal(id, "dandi-api:eu??staging");
});

test("the cloud never holds the value of a secret, and an import does not find it", async () => {
  const cloud = await dandi();
  await cloud.create(ENVIRONMENT, "it", environment);
  const inputs = { ...environment, secretName: "TOKEN", value: "s3cret" };
  const { id, state } = await cloud.create(SECRET, "it", inputs);
  assert.deepEqual(state.value, new Secret("s3cret"));
  assert.ok(!JSON.stringify(cloud.store.all()).includes("s3cret"));
  const imported = await cloud.session.read(refOf(SECRET), id, {}, {});
  assert.equal(imported?.inputs.secretName, "TOKEN");
  assert.ok(imported && !("value" in imported.inputs) && !("value" in imported.state));
  const updated = await cloud.update(SECRET, "it", id, { ...inputs, value: "other" });
  assert.notEqual(updated.updatedAt, state.updatedAt);
  assert.equal(updated.createdAt, state.createdAt);
});

test("an unknown repository is not found, whatever is asked of it", async () => {
  const cloud = await dandi();
  const elsewhere = { repository: "nowhere" };
  for (const [type, inputs] of [
    [ENVIRONMENT, { ...environment, ...elsewhere }],
    [SECRET, { ...environment, ...elsewhere, secretName: "A", value: "a" }],
    [FILE, { ...file, ...elsewhere }],
    [RULESET, { ...ruleset, ...elsewhere }],
    [DEPLOY_KEY, { ...elsewhere, title: "k", key: "ssh-ed25519 AAAA" }],
  ] as [string, Properties][]) {
    await assert.rejects(cloud.create(type, "it", inputs), /404 Not Found \(repository dandi\/nowhere\)/);
  }
  const other = await play(github, { config: { owner: "upendo" }, store: cloud.store });
  await assert.rejects(
    other.create(ENVIRONMENT, "it", environment),
    /404 Not Found \(repository upendo\/dandi-api/,
  );
  await assert.rejects(play(github), /no 'owner'/);
});

test("secrets, variables and policies need their environment, and a policy one with custom policies", async () => {
  const cloud = await dandi();
  const secret = { ...environment, secretName: "A", value: "a" };
  const variable = { ...environment, variableName: "A", value: "a" };
  const policy = { ...environment, branchPattern: "master" };
  await assert.rejects(cloud.create(SECRET, "it", secret), /404 Not Found \(environment 'staging'/);
  await assert.rejects(cloud.create(VARIABLE, "it", variable), /404 Not Found \(environment 'staging'/);
  await cloud.create(ENVIRONMENT, "it", environment);
  await assert.rejects(cloud.create(POLICY, "it", policy), /404 Not Found.*no custom_branch_policies/);
  await cloud.update(ENVIRONMENT, "it", "dandi-api:staging", { ...environment, ...custom });
  await assert.rejects(cloud.create(POLICY, "it", { ...policy, tagPattern: "v*" }), /exactly one of/);
  await assert.rejects(cloud.create(POLICY, "it", environment), /exactly one of/);
  await cloud.create(POLICY, "it", policy);
  await assert.rejects(cloud.create(POLICY, "again", policy), /already exists/);
  await cloud.create(SECRET, "it", secret);
  await cloud.create(VARIABLE, "it", variable);
  await assert.rejects(cloud.create(VARIABLE, "again", { ...variable, variableName: "a" }), /already exists/);
  await cloud.remove(ENVIRONMENT, "it", "dandi-api:staging");
  for (const type of [POLICY, SECRET, VARIABLE]) assert.deepEqual(cloud.store.list(type), []);
});

test("what GitHub does not accept in an environment", async () => {
  const cloud = await dandi();
  const make = (inputs: Properties) => cloud.create(ENVIRONMENT, "it", { ...environment, ...inputs });
  await assert.rejects(make({ environment: "e".repeat(256) }), /422.*at most 255 characters/);
  await assert.rejects(make({ waitTimer: 43_201 }), /'waitTimer'.*\(0 - 43200\)/);
  await assert.rejects(make({ reviewers: [{ users: [1, 2, 3, 4], teams: [5, 6, 7] }] }), /422.*6 reviewers/);
  await assert.rejects(
    make({ deploymentBranchPolicy: { protectedBranches: true, customBranchPolicies: true } }),
    /422.*cannot have the same value/,
  );
  await make({ environment: "e".repeat(255), waitTimer: 43_200, reviewers: [{ users: [1, 2, 3, 4, 5, 6] }] });
});

test("what GitHub does not accept in a secret or variable", async () => {
  const cloud = await dandi();
  await cloud.create(ENVIRONMENT, "it", environment);
  const make = (secretName: string, inputs: Properties = { value: "a" }) =>
    cloud.create(SECRET, secretName, { ...environment, secretName, ...inputs });
  await assert.rejects(make("1ST"), /names can only contain/);
  await assert.rejects(make("A-B"), /names can only contain/);
  await assert.rejects(make("GITHUB_KEY"), /not with the GITHUB_ prefix/);
  await assert.rejects(make("A", {}), /exactly one of/);
  await assert.rejects(make("A", { value: "a", plaintextValue: "a" }), /exactly one of/);
  await assert.rejects(make("A", { value: "x".repeat(49_153) }), /422 Secrets are limited to 48 KB/);
  for (let i = 0; i < 100; i++) await make(`S${i}`);
  await assert.rejects(make("ONE_MORE"), /at most 100 secrets/);
  await assert.rejects(
    cloud.create(VARIABLE, "it", { ...environment, variableName: "GITHUB_A", value: "a" }),
    /not with the GITHUB_ prefix/,
  );
});

test("a file's sha is Git's, and the default branch is used where none is named", async () => {
  const cloud = await dandi();
  const { id, state } = await cloud.create(FILE, "it", { ...file, branch: undefined });
  const git = execFileSync("git", ["hash-object", "--stdin"], { input: file.content, encoding: "utf8" });
  assert.equal(state.sha, git.trim());
  assert.equal(id, "dandi-api:.github/workflows/deploy.yml:master");
  assert.equal(state.ref, "master");
  assert.equal(state.commitMessage, "Add .github/workflows/deploy.yml");
  const updated = await cloud.update(FILE, "it", id, { ...file, content: "on: release\n" });
  assert.notEqual(updated.sha, state.sha);
  assert.notEqual(updated.commitSha, state.commitSha);
  const again = await (await dandi()).create(FILE, "it", { ...file, branch: undefined });
  assert.deepEqual(again.state, state);
});

test("a file needs its branch, and does not overwrite unless it is told to", async () => {
  const cloud = await dandi();
  await assert.rejects(cloud.create(FILE, "it", { ...file, branch: "gone" }), /404 Branch gone not found/);
  await assert.rejects(
    cloud.create(FILE, "it", { ...file, file: "/x" }),
    /422 path cannot start with a slash/,
  );
  await cloud.create(FILE, "it", file);
  await assert.rejects(cloud.create(FILE, "again", file), /422 refusing to overwrite existing file/);
  await cloud.create(FILE, "again", { ...file, overwriteOnCreate: true });
  await cloud.create(FILE, "staging", { ...file, branch: "staging" });
  await cloud.create(FILE, "new", { ...file, branch: "new", autocreateBranch: true });
  await cloud.create(FILE, "newer", { ...file, branch: "new", file: "b" });
});

test("a protected branch takes no commit of a file, and no deletion of one, without a bypass", async () => {
  const cloud = await dandi();
  const { id } = await cloud.create(FILE, "it", file);
  const refusal =
    /409 Repository rule violations found for master: Changes must be made through a pull request/;
  const { id: rules } = await cloud.create(RULESET, "it", ruleset);
  await assert.rejects(cloud.create(FILE, "other", { ...file, file: "b" }), refusal);
  await assert.rejects(cloud.update(FILE, "it", id, { ...file, content: "" }), refusal);
  await assert.rejects(cloud.remove(FILE, "it", id), refusal);
  await cloud.create(FILE, "staging", { ...file, branch: "staging" });

  await cloud.update(RULESET, "it", rules, { ...ruleset, bypassActors: admins });
  await cloud.update(FILE, "it", id, { ...file, content: "" });
  const pullRequestsOnly = [{ ...admins[0], bypassMode: "pull_request" }];
  await cloud.update(RULESET, "it", rules, { ...ruleset, bypassActors: pullRequestsOnly });
  await assert.rejects(cloud.update(FILE, "it", id, file), refusal);
  await cloud.update(RULESET, "it", rules, { ...ruleset, enforcement: "disabled" });
  await cloud.remove(FILE, "it", id);
});

test("an app passes only rules that name it", async () => {
  const admin = await dandi();
  await admin.create(RULESET, "it", {
    ...ruleset,
    bypassActors: [{ actorType: "Integration", actorId: 7, bypassMode: "always" }],
  });
  await assert.rejects(admin.create(FILE, "it", file), /409/);
  const stranger = await dandi({ appAuth: JSON.stringify({ id: "8" }) }, admin);
  await assert.rejects(stranger.create(FILE, "it", file), /409/);
  const app = await dandi({ appAuth: JSON.stringify({ id: "7" }) }, admin);
  await app.create(FILE, "it", file);
});

test("rules cover the branches that their patterns match", async () => {
  for (const [includes, excludes, covered] of [
    [["~DEFAULT_BRANCH"], [], ["master"]],
    [["~ALL"], ["refs/heads/staging"], ["master", "release/1"]],
    [["refs/heads/*"], [], ["master", "staging"]],
    [["refs/heads/**/*"], [], ["master", "release/1", "staging"]],
    [["refs/heads/release/?"], [], ["release/1"]],
  ] as const) {
    const cloud = await dandi();
    seedRepository(cloud.store, "dandi", repository, ["release/1"]);
    await cloud.create(RULESET, "it", { ...ruleset, conditions: { refName: { includes, excludes } } });
    const refused: string[] = [];
    for (const branch of ["master", "release/1", "staging"]) {
      await cloud.create(FILE, branch, { ...file, branch }).catch(() => refused.push(branch));
    }
    assert.deepEqual(refused, covered, includes.join());
  }
});

test("what GitHub does not accept in a ruleset", async () => {
  const cloud = await dandi();
  const make = (inputs: Properties) => cloud.create(RULESET, "it", { ...ruleset, ...inputs });
  await assert.rejects(make({ name: "n".repeat(101) }), /range \(1 - 100\)/);
  await assert.rejects(make({ target: "commit" }), /expected one of \["branch","push","tag"\], got commit/);
  await assert.rejects(make({ enforcement: "on" }), /expected one of .*, got on/);
  await assert.rejects(make({ conditions: undefined }), /conditions with ref_name are required/);
  await assert.rejects(
    make({ conditions: { refName: { includes: ["master"], excludes: [] } } }),
    /'master' is no full ref name/,
  );
  await assert.rejects(
    make({ bypassActors: [{ actorType: "Role", bypassMode: "always" }] }),
    /expected one of .*, got Role/,
  );
});

test("a deploy key opens one repository in all of GitHub", async () => {
  const cloud = await dandi();
  seedRepository(cloud.store, "upendo", "web", []);
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE netlify";
  const { id, state } = await cloud.create(DEPLOY_KEY, "it", { repository, title: "Netlify", key });
  assert.match(id, /^dandi-api:\d+$/);
  assert.equal(state.readOnly, true);
  const other = await play(github, { config: { owner: "upendo" }, store: cloud.store });
  const same = { repository: "web", title: "T", key: key.replace("netlify", "comment") };
  await assert.rejects(other.create(DEPLOY_KEY, "it", same), /422.*key is already in use/);
  await assert.rejects(other.create(DEPLOY_KEY, "it", { ...same, key: "AAAA" }), /422.*key is invalid/);
});

test("a repository is seeded any number of times and keeps its branches", async () => {
  const cloud = await dandi();
  seedRepository(cloud.store, "dandi", repository, ["next"], "main");
  for (const branch of ["master", "staging", "next"]) await cloud.create(FILE, branch, { ...file, branch });
  await assert.rejects(cloud.create(FILE, "main", { ...file, branch: "main" }), /404/);
});

// What the engine hands back to a provider: values without their marks.
function plain(state: Properties): Properties {
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [key, value instanceof Secret ? value.value : value]),
  );
}
