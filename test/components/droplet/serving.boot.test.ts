import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { git } from "../../release/deploys/checkout";
import { holds } from "./boot";
import { change, machine, stated, text } from "./machine";
import { whileAsked } from "./traffic";

const APP = path.join(__dirname, "app");
const SLOW = `${text(path.join(APP, "shop/settings.py"))}\nimport time\n\ntime.sleep(10)\n`;

test("while a release takes another's place, nothing is lost and nobody waits for its start", async () => {
  const droplet = await machine();
  const first = git(droplet.origin, "rev-parse", "dev").trim();
  assert.equal((await droplet.ask(`deploy ${first}`, stated(droplet))).code, 0);
  const slow = change(droplet.origin, { "version.txt": "two\n", "shop/settings.py": SLOW });
  const { done, seen } = await whileAsked(droplet, async () => {
    const asked = await droplet.ask(`deploy ${slow}`, stated(droplet));
    const back = await droplet.ask("restore 1");
    return { asked, back };
  });
  assert.equal(done.asked.code, 0, done.asked.log);
  assert.equal(done.back.code, 0, done.back.log);
  assert.deepEqual(Object.keys(seen.statuses), ["200"]);
  assert.ok(seen.longestMs < 8_000, `the slowest of ${seen.requests} requests took ${seen.longestMs} ms`);
  assert.equal((await droplet.answer())?.version, "one");
  const { stdout } = await droplet.run("systemctl", "list-units", "--plain", "--no-legend", "app@*.service");
  assert.deepEqual(stdout.match(/app@\S+/g), ["app@1-web.service", "app@1-worker.1.service"]);
});

test("an answer of 500 and a process that ends bring nobody an error: the old release serves on", async () => {
  const droplet = await machine();
  const first = git(droplet.origin, "rev-parse", "dev").trim();
  assert.equal((await droplet.ask(`deploy ${first}`, stated(droplet))).code, 0);
  const broken = change(droplet.origin, { "version.txt": "broken\n" });
  const ending = change(droplet.origin, {
    "version.txt": "two\n",
    Procfile: "web: gunicorn shop.wsgi\nworker: python -c 'raise SystemExit(1)'\n",
  });
  const crashing = change(droplet.origin, { Procfile: "web: false\nworker: python worker.py\n" });
  const { done, seen } = await whileAsked(droplet, async () => {
    const begun = Date.now();
    const answers = [];
    for (const commit of [broken, ending, crashing])
      answers.push((await droplet.ask(`deploy ${commit}`, stated(droplet))).answer.error ?? "");
    return { answers, seconds: (Date.now() - begun) / 1000 };
  });
  assert.match(done.answers[0] ?? "", /^Release 2 \(\w{40}\) does not serve: it answers with HTTP 500$/);
  assert.match(done.answers[1] ?? "", /^The process worker of release 2 does not stay up/);
  assert.match(
    done.answers[2] ?? "",
    /^Release 2 \(\w{40}\) does not serve: it ends as soon as it is started$/,
  );
  assert.deepEqual(Object.keys(seen.statuses), ["200"]);
  const { answer } = await droplet.ask("status");
  const { web, worker } = { web: { runs: true, restarts: 0 }, worker: { runs: true, restarts: 0 } };
  assert.deepEqual([answer.release, answer.processes], [1, { web, "worker.1": worker }]);
});

test("restore takes what has served alone, tries it first, and has a way back; half-made releases go", async () => {
  const droplet = await machine();
  const releases = path.join(droplet.root, "srv/app/releases");
  const first = git(droplet.origin, "rev-parse", "dev").trim();
  assert.equal((await droplet.ask(`deploy ${first}`, stated(droplet))).code, 0);
  const second = change(droplet.origin, { "version.txt": "two\n" });
  assert.equal((await droplet.ask(`deploy ${second}`, stated(droplet))).code, 0);
  mkdirSync(path.join(releases, "9"));
  const half = await droplet.ask("restore 9");
  assert.match(
    half.answer.error ?? "",
    /^There is no release 9 to bring back; those that have served and are kept: 1, 2$/,
  );
  assert.deepEqual(readdirSync(releases).sort(), ["1", "2"]);
  writeFileSync(path.join(releases, "1/code/version.txt"), "broken\n");
  const { done, seen } = await whileAsked(droplet, () => droplet.ask("restore 1"));
  assert.match(done.answer.error ?? "", /^Release 1 \(\w{40}\) does not serve: it answers with HTTP 500$/);
  assert.deepEqual(Object.keys(seen.statuses), ["200"]);
  assert.equal((await droplet.answer())?.version, "two");
  assert.deepEqual(readdirSync(releases).sort(), ["1", "2"]);
});

test("power that is lost at any point of a deploy leaves one whole release that serves, and the next deploy goes on", async () => {
  const droplet = await machine();
  const first = git(droplet.origin, "rev-parse", "dev").trim();
  assert.equal((await droplet.ask(`deploy ${first}`, stated(droplet))).code, 0);
  const below = (file: string) => path.join(droplet.root, file);
  const at = (number: number) => readlinkSync(below("srv/app/current")) === `releases/${number}`;
  const moments: Record<string, [Record<string, unknown>, (number: number) => boolean]> = {
    "the files are written": [{}, (number) => existsSync(below(`srv/app/releases/${number}/code/manage.py`))],
    "the static files are collected": [
      { staticFiles: "touch here && sleep 60" },
      (number) => existsSync(below(`srv/app/releases/${number}/code/here`)),
    ],
    "it migrates": [
      { commands: { migrate: "touch /var/lib/app/migrates && sleep 60" } },
      () => existsSync(below("var/lib/app/migrates")),
    ],
    "it is started": [{}, (number) => existsSync(below(`run/app/${number}-web.sock`))],
    "it has taken the place": [{}, at],
  };
  for (const [moment, [more, reached]] of Object.entries(moments)) {
    const before = await droplet.ask("status");
    const number = Number(before.answer.release) + 1;
    const commit = change(droplet.origin, { "version.txt": `${moment}\n` });
    const asked = droplet.ask(`deploy ${commit}`, stated(droplet, more));
    await holds(() => reached(number), moment);
    await droplet.losePower();
    await asked;
    await holds(
      async () => (await droplet.answer()) !== undefined,
      `answer after power was lost as ${moment}`,
    );
    const after = await droplet.ask("status");
    assert.ok([number - 1, number].includes(Number(after.answer.release)), moment);
    const again = await droplet.ask(`deploy ${commit}`, stated(droplet));
    assert.equal(again.code, 0, `${moment}: ${again.log}`);
    assert.equal((await droplet.answer())?.version, moment);
  }
});
