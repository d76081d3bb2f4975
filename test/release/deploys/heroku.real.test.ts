import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { scratch } from "../../support/projects";
import { git } from "./checkout";
import { workflowWith } from "./deployed";
import { APP, ended, TOKEN } from "./heroku-platform";
import { CHECKOUT, deployed, SHA, untouched, type Wish } from "./world";

const TRACKS = { tracks: "branch master" };
const dir = scratch();
const deploy = (wish: Wish = {}, rules: object = {}) =>
  deployed(workflowWith("api", { ...TRACKS, ...rules }), wish);

test("the commit is uploaded, built and released, and the step ends when the release is live", async () => {
  const { results, output, calls, received } = await deploy();
  assert.equal(results.deploy, "success", output);
  assert.deepEqual(calls.heroku, [
    "POST /sources",
    "PUT /store/1",
    `POST /apps/${APP}/builds`,
    "GET /stream/b1",
    `GET /apps/${APP}/builds/b1`,
    `GET /apps/${APP}/builds/b1`,
    `GET /apps/${APP}/builds/b1`,
    `GET /apps/${APP}/releases/r9`,
    "GET /stream/r9",
    `GET /apps/${APP}/releases/r9`,
  ]);
  const built = JSON.parse(received.heroku[2]?.body.toString() ?? "");
  assert.equal(built.source_blob.version, SHA);
  assert.match(built.source_blob.url, /\/store\/1\?get$/);
  assert.match(output, /-----> Building\n/);
  assert.match(output, new RegExp(`::notice::${APP} runs ${SHA} as v9`));

  // The archive holds exactly the tree of the commit, whatever lies in the checkout.
  const archive = path.join(dir, "upload.tar.gz");
  writeFileSync(archive, received.heroku[1]?.body ?? "");
  const unpacked = path.join(dir, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["xzf", archive, "-C", unpacked]);
  git(unpacked, "init", "--quiet");
  git(unpacked, "add", "--all");
  assert.equal(git(unpacked, "write-tree"), git(CHECKOUT, "rev-parse", `${SHA}^{tree}`));
});

test("the token goes to Heroku's API alone, and nowhere else", async () => {
  const { received, output } = await deploy();
  for (const { url, headers } of received.heroku) {
    const api = !/^\/(store|stream)/.test(url);
    assert.equal(headers.authorization, api ? `Bearer ${TOKEN}` : undefined, url);
    // The address of the upload is signed for a request without a content type.
    if (url.startsWith("/store")) assert.equal(headers["content-type"], undefined);
  }
  assert.ok(!output.includes(TOKEN));
});

test("no process can be seen with the token or a signed address among its arguments", async () => {
  const bin = path.join(dir, "bin");
  const seen = path.join(dir, "arguments");
  const curl = execFileSync("bash", ["-c", "command -v curl"], { encoding: "utf8" }).trim();
  mkdirSync(bin);
  const recorder = `#!/bin/bash\nprintf '%s\\n' "$@" >>'${seen}'\nexec '${curl}' "$@"\n`;
  writeFileSync(path.join(bin, "curl"), recorder, { mode: 0o755 });
  const { results, output } = await deploy({ env: { PATH: `${bin}:${process.env.PATH}` } });
  assert.equal(results.deploy, "success", output);
  const args = execFileSync("cat", [seen], { encoding: "utf8" });
  assert.match(args, /--request\nPOST/);
  assert.ok(!args.includes(TOKEN) && !args.includes("signature"), args);
});

test("a failed build ends the job and is recorded, and nothing waits for a release", async () => {
  const { results, output, calls, repository } = await deploy({ heroku: { build: "failed" } });
  assert.equal(results.deploy, "failure");
  assert.match(output, new RegExp(`::error::Heroku could not build ${SHA} for ${APP}`));
  assert.ok(!calls.heroku.some((call) => call.includes("releases")));
  assert.deepEqual(repository.deployments?.[0]?.states, ["failure", "in_progress"]);
});

test("a failed release phase, and with it a failed migration, ends the job", async () => {
  const { results, output } = await deploy({ heroku: { release: "failed" } });
  assert.equal(results.deploy, "failure");
  assert.match(output, /::error::The release phase of .* failed/);
});

test("a wrong token and an unknown app are said at once", async () => {
  const wrong = await deploy({ secrets: { HEROKU_API_KEY: "wrong" } });
  assert.match(
    wrong.output,
    /::error::POST \/sources at Heroku was refused with HTTP 401: .*Invalid credentials/,
  );
  assert.deepEqual(wrong.calls.heroku, ["POST /sources"]);
  const unknown = await deploy({ vars: { HEROKU_APP: "gone" } });
  assert.match(
    unknown.output,
    /::error::POST \/apps\/gone\/builds at Heroku was refused with HTTP 404: .*Couldn't find/,
  );
});

for (const fault of [500, 503, 429, "gone"] as const) {
  test(`what passes (${fault}) is tried again, at every call`, async () => {
    const every = [
      "POST /sources",
      "PUT /store/1",
      `POST /apps/${APP}/builds`,
      `GET /apps/${APP}/releases/r9`,
    ];
    const faults = Object.fromEntries(every.map((call) => [call, [fault]]));
    const { results, output, received } = await deploy({ heroku: { faults } });
    assert.equal(results.deploy, "success", output);
    const uploads = received.heroku.filter(({ method }) => method === "PUT");
    assert.equal(uploads.length, 2);
    assert.ok(uploads[1]?.body.length && uploads[1].body.equals(uploads[0]?.body ?? Buffer.of()));
  });
}

test("what does not pass ends the step after five attempts", async () => {
  const { results, output, calls } = await deploy({
    heroku: { faults: { "POST /sources": [500, 500, 500, 500, 500] } },
  });
  assert.equal(results.deploy, "failure");
  assert.match(output, /::error::POST \/sources at Heroku was refused with HTTP 500: .*not now/);
  assert.equal(calls.heroku.length, 5);
});

test("a network that is gone ends the step, a build that never ends is given up", async () => {
  const gone = await deploy({ gone: ["heroku"] });
  assert.match(gone.output, /::error::POST \/sources at Heroku: no answer/);
  const slow = await deploy({ heroku: { pending: 1e9 }, env: { PATIENCE_SECONDS: "0" } });
  assert.match(slow.output, /::error::Gave up on \/apps\/dandi-api-staging\/builds\/b1/);
});

test("where GitHub cannot be reached, nothing is deployed: there would be no record", async () => {
  const seen = await deploy({ gone: ["github"] });
  assert.equal(seen.results.deploy, "failure");
  assert.ok(untouched(seen));
});

test("what a build prints cannot command the runner", async () => {
  const { results, output } = await deploy({ heroku: { output: "::add-path::/tmp/evil\n" } });
  assert.equal(results.deploy, "success", output);
  const [, stop] = /::stop-commands::([0-9a-f]{32})\n/.exec(output) ?? [];
  assert.ok(output.indexOf(`::stop-commands::${stop}`) < output.indexOf("::add-path::"));
  assert.ok(output.indexOf("::add-path::") < output.indexOf(`\n::${stop}::\n`));
});

test("the steps leave nothing behind", async () => {
  await deploy();
  const left = execFileSync("bash", [
    "-c",
    `find "${path.dirname(CHECKOUT)}"/run-*/*/step-*/tmp -mindepth 1`,
  ]);
  assert.equal(left.toString(), "");
});

test("health: a 5xx may pass, and one that stays is a failed deploy", async () => {
  const slow = await deploy({ health: [503, 502, 404], env: { HEALTH_SECONDS: "20" } });
  assert.equal(slow.results.deploy, "success", slow.output);
  const dead = await deploy({ health: [500] });
  assert.equal(dead.results.deploy, "failure");
  assert.match(dead.output, /::error::http:\S+ does not answer as it should \(HTTP 500\)/);
  assert.deepEqual(dead.repository.deployments?.[0]?.states, ["failure", "in_progress"]);
});

const RESTORE = { onFailure: { action: "restore" } };
const ROLLBACK = `POST /apps/${APP}/releases`;

test("restore: where the new release does not serve, the one from before comes back", async () => {
  const seen = await deploy({ health: [500] }, RESTORE);
  assert.equal(seen.results.deploy, "failure");
  const rollback = seen.received.heroku.find(({ method, url }) => `${method} ${url}` === ROLLBACK);
  assert.deepEqual(JSON.parse(rollback?.body.toString() ?? ""), { release: "r8" });
  assert.match(
    seen.output,
    /::warning::dandi-api-staging is back at the release from before this deploy, as v11/,
  );
});

test("restore: nothing to do where the old release still runs, nothing done where all went well", async () => {
  const failed = await deploy({ heroku: { build: "failed" } }, RESTORE);
  assert.match(failed.output, /::notice::dandi-api-staging still runs the release from before/);
  const well = await deploy({}, RESTORE);
  assert.equal(well.results.deploy, "success", well.output);
  for (const { calls } of [failed, well]) assert.ok(!calls.heroku.includes(ROLLBACK));
  const stop = await deploy({ health: [500] });
  assert.ok(!stop.calls.heroku.includes(ROLLBACK));
});

test("restore: a first deploy has nothing to bring back", async () => {
  const seen = await deploy({ heroku: { before: null }, health: [500] }, RESTORE);
  assert.match(seen.output, /::error::dandi-api-staging ran nothing before/);
  assert.ok(!seen.calls.heroku.includes(ROLLBACK));
});

test("migrations: the release phase of the commit must run them, else nothing is deployed", async () => {
  for (const when of ["before release", "in release"]) {
    const well = await deploy({}, { migrations: { when, command: "python manage.py migrate" } });
    assert.equal(well.results.deploy, "success", well.output);
    const seen = await deploy({}, { migrations: { when, command: "dt migrate" } });
    assert.match(seen.output, /::error::The Procfile of \w+ needs 'release: dt migrate'/);
    assert.ok(untouched(seen));
  }
  const files = { staticFiles: { when: "before release", command: "python manage.py collectstatic" } };
  assert.match((await deploy({}, files)).output, /needs 'release: python manage.py collectstatic'/);
});

const VERIFY = { verify: { run: "dt test --notify" } };

test("verify: the command runs in the app after the deploy, and its success is recorded apart", async () => {
  const seen = await deploy({}, VERIFY);
  assert.equal(seen.results.deploy, "success", seen.output);
  const dyno = seen.received.heroku.find(({ url }) => url === `/apps/${APP}/dynos`);
  assert.deepEqual(JSON.parse(dyno?.body.toString() ?? ""), {
    command: "dt test --notify",
    attach: false,
    type: "run",
  });
  const records = seen.repository.deployments?.map(({ task, states }) => `${task} ${states[0]}`);
  assert.deepEqual(records, ["deploy:api success", "verify:api success"]);
});

test("verify: a failure is one of the verification, the deploy stays a success", async () => {
  const log = `2026-01-03T08:59:00.000000+00:00 app[run.4711]: heroku[run.4711]: Process exited with status 0\n${ended(3)}`;
  const seen = await deploy({ heroku: { log } }, { ...VERIFY, ...RESTORE });
  assert.equal(seen.results.deploy, "failure");
  assert.match(seen.output, /::error::'dt test --notify' failed on dandi-api-staging with status 3/);
  const records = seen.repository.deployments?.map(({ task, states }) => `${task} ${states[0]}`);
  assert.deepEqual(records, ["deploy:api success", "verify:api failure"]);
  assert.ok(!seen.calls.heroku.includes(ROLLBACK));
});

test("verify: how it ended must be known, and what is started once is not started twice", async () => {
  const cut = await deploy({ heroku: { log: "app[run.4711]: working\n" } }, VERIFY);
  assert.match(cut.output, /::error::How 'dt test --notify' ended in run\.4711 .* is not known/);
  const dynos = `POST /apps/${APP}/dynos`;
  const seen = await deploy({ heroku: { faults: { [dynos]: [500] } } }, VERIFY);
  assert.equal(seen.results.deploy, "failure");
  assert.equal(seen.calls.heroku.filter((call) => call === dynos).length, 1);
});

const BY_HAND = { migrations: { when: "by hand", command: "python manage.py migrate" } };

test("migrations by hand: a deploy runs none; one confirmed action does, with what runs", async () => {
  const plain = await deploy({}, BY_HAND);
  assert.ok(!plain.calls.heroku.some((call) => call.endsWith("/dynos")));
  const file = workflowWith("api", { ...TRACKS, ...BY_HAND }, { prefix: "migrate" });
  const deployments = () => [{ environment: "staging", task: "deploy:api", sha: SHA, states: ["success"] }];
  const event = "workflow_dispatch";
  const inputs = { confirm: "staging" };
  const seen = await deployed(file, { event, inputs, repository: { deployments: deployments() } });
  assert.equal(seen.results.migrate, "success", seen.output);
  const dyno = seen.received.heroku.find(({ url }) => url === `/apps/${APP}/dynos`);
  assert.equal(JSON.parse(dyno?.body.toString() ?? "").command, "python manage.py migrate");
  assert.match(seen.summary, new RegExp(`\`heroku run -a ${APP} python manage\\.py migrate\``));
  const record = seen.repository.deployments?.[1];
  assert.deepEqual([record?.task, record?.sha, record?.states[0]], ["migrate:api", SHA, "success"]);

  const failed = await deployed(file, {
    event,
    inputs,
    repository: { deployments: deployments() },
    heroku: { log: ended(1) },
  });
  assert.equal(failed.results.migrate, "failure");
  assert.equal(failed.repository.deployments?.[1]?.states[0], "failure");
  const wrong = await deployed(file, {
    event,
    inputs: { confirm: "yes" },
    repository: { deployments: deployments() },
  });
  assert.match(wrong.output, /::error::Not confirmed: 'staging' must be typed, not 'yes'/);
  assert.ok(untouched(wrong));
  const nothing = await deployed(file, { event, inputs, heroku: { before: null } });
  assert.match(nothing.output, new RegExp(`::error::${APP} runs nothing yet`));
});
