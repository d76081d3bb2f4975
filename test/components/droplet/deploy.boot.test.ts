import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { git } from "../../release/deploys/checkout";
import { holds } from "./boot";
import { type Asked, change, type Machine, machine, migration, stated, text } from "./machine";

const head = ({ origin }: Machine, branch = "dev") => git(origin, "rev-parse", branch).trim();

async function deployed(droplet: Machine, request: string, more?: Record<string, unknown>): Promise<Asked> {
  const asked = await droplet.ask(request, stated(droplet, more));
  assert.equal(asked.code, 0, asked.log);
  return asked;
}

async function refused(droplet: Machine, request: string, why: RegExp, body?: unknown): Promise<Asked> {
  const asked = await droplet.ask(request, body ?? stated(droplet));
  assert.equal(asked.code, 1, asked.log);
  assert.match(asked.answer.error ?? "", why);
  return asked;
}

test("a first deploy and a second one: new folders, one link, the same socket, and the release from before comes back", async () => {
  const droplet = await machine();
  const first = head(droplet);
  assert.equal(await droplet.answer(), undefined);
  const one = await deployed(droplet, `deploy ${first}`);
  assert.deepEqual(one.answer, { release: 1, commit: first, replaced: null, warnings: [] });
  assert.deepEqual(await droplet.answer(), {
    version: "one",
    tables: ["shop_cart"],
    secure: true,
    client: droplet.gateway,
    workers: "2",
    collected: true,
  });
  const app = path.join(droplet.root, "srv/app");
  const home = path.join(droplet.root, "var/lib/app");
  await holds(() => readdirSync(home).some((name) => name.startsWith("worker-")), "worker");

  // What somebody left in a release does not reach the next one: there is no work tree to leave it
  // in.
  writeFileSync(path.join(app, "releases/1/code/shop/urls.py"), "dirty\n");
  writeFileSync(path.join(app, "releases/1/code/left-over.txt"), "dirty\n");
  const second = change(droplet.origin, { "version.txt": "two\n" });
  const two = await deployed(droplet, `deploy ${second}`, { processes: { web: 3, worker: 0 } });
  assert.deepEqual(two.answer, { release: 2, commit: second, replaced: 1, warnings: [] });
  assert.equal(readlinkSync(path.join(app, "current")), "releases/2");
  assert.ok(!existsSync(path.join(app, "releases/2/code/left-over.txt")));
  const { version, workers } = (await droplet.answer()) ?? {};
  assert.deepEqual([version, workers], ["two", "3"]);
  const { stdout } = await droplet.run("systemctl", "list-units", "--plain", "--no-legend", "app@*.service");
  assert.deepEqual(stdout.match(/app@\S+/g), ["app@2-web.service"]);

  const status = await droplet.ask("status");
  const { since, ...serving } = status.answer;
  assert.match(String(since), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  assert.deepEqual(serving, {
    release: 2,
    commit: second,
    branch: "dev",
    own: false,
    flagged: [],
    processes: { web: { runs: true, restarts: 0 } },
    certificate: null,
    warnings: [],
  });

  // The dirty release is still as it was left: a commit is deployed, a release is brought back.
  await deployed(droplet, `deploy ${first}`);
  const back = await droplet.ask("restore 2");
  assert.deepEqual(back.answer, { release: 2, commit: second, replaced: 3, warnings: [] });
  assert.equal((await droplet.answer())?.version, "two");
  assert.equal((await droplet.ask("restore 2")).answer.replaced, 2);
  await refused(
    droplet,
    "restore 9",
    /^There is no release 9 to bring back; those that have served and are kept: 1, 2, 3$/,
  );
});

test("variables: the app reads them, nobody else does, and no log or record has them", async () => {
  const droplet = await machine();
  const { log } = await deployed(droplet, `deploy ${head(droplet)}`);
  const release = path.join(droplet.root, "srv/app/releases/1");
  assert.equal(statSync(path.join(release, "environment.json")).mode & 0o777, 0o600);
  assert.ok(lstatSync(path.join(release, "release.json")).isFile());
  for (const said of [
    log,
    text(path.join(release, "release.json")),
    (await droplet.run("journalctl", "--no-pager")).output,
  ])
    assert.ok(!said.includes("s3cret-of-the-app"));
  const ran = await refused(
    droplet,
    "run verify",
    /^The standard input of the request is wrong: it is not a JSON object$/,
    "[1]",
  );
  assert.ok(!ran.log.includes("s3cret"));
});

test("what fails before it serves leaves what serves as it is", async () => {
  const droplet = await machine();
  await deployed(droplet, `deploy ${head(droplet)}`);
  const serves = async (): Promise<void> => {
    assert.equal((await droplet.answer())?.version, "one");
    assert.equal(readlinkSync(path.join(droplet.root, "srv/app/current")), "releases/1");
    assert.deepEqual(readdirSync(path.join(droplet.root, "srv/app/releases")), ["1"]);
  };
  const failing = migration("0001_cart", "Price", ", migrations.RunSQL('SELECT no_such_function()')");
  const bad = change(droplet.origin, { "shop/migrations/0002_price.py": failing });
  const failed = await refused(droplet, `deploy ${bad}`, /^'python manage\.py migrate' failed \(status 1\)/);
  assert.match(failed.log, /no such function/);
  await serves();

  const broken = change(droplet.origin, {
    "shop/migrations/0002_price.py": undefined,
    "version.txt": "broken\n",
  });
  const down = await refused(
    droplet,
    `deploy ${broken}`,
    /^Release 2 \(\w{40}\) does not serve: it answers with HTTP 500$/,
  );
  assert.match(down.log, /Starting gunicorn/);
  await serves();

  const wrong = change(droplet.origin, {
    "requirements.txt": text(path.join(droplet.origin, "requirements.txt")).replace(
      /:[0-9a-f]{8}/g,
      ":00000000",
    ),
  });
  await refused(droplet, `deploy ${wrong}`, /^The packages of \w{40} cannot be installed/);
  const none = change(droplet.origin, { Procfile: "web: gunicorn shop.wsgi\n" });
  await refused(droplet, `deploy ${none}`, /^The Procfile of \w{40} has no process type worker$/);
  const old = change(droplet.origin, {
    ".python-version": "3.9; true\n",
    Procfile: text(path.join(__dirname, "app/Procfile")),
  });
  await refused(
    droplet,
    `deploy ${old}`,
    /^\.python-version of \w{40} says '3\.9; true': accepted is a version/,
  );
  git(droplet.origin, "rm", "--quiet", ".python-version");
  symlinkSync("/etc/shadow", path.join(droplet.origin, ".python-version"));
  const link = change(droplet.origin, {});
  const { log } = await refused(
    droplet,
    `deploy ${link}`,
    /^\.python-version of \w{40} is a link: accepted is a file$/,
  );
  assert.ok(!log.includes("root:"));
  await refused(droplet, `deploy ${"f".repeat(40)}`, /^f{40} cannot be fetched from GitHub/);
  await serves();
});

test("only requests are taken, word for word", async () => {
  const droplet = await machine();
  const commit = head(droplet);
  for (const request of [
    "bash -i",
    "deploy master",
    `deploy ${commit} && id`,
    `deploy ${commit};id`,
    `deploy  ${commit}`,
    `own-branch --upload-pack=id ${commit}`,
    `own-branch a..b ${commit}`,
    "run ../verify",
    "restore 0",
    "scp -t /tmp",
    "internal-sftp",
    "$(id)",
  ])
    await refused(droplet, request, /^Not a request: .*; accepted: deploy COMMIT, own-branch/);
  await refused(droplet, `deploy ${commit}`, /is wrong: 'variables\.A' is a text$/, { variables: { A: 1 } });
  await refused(droplet, `deploy ${commit}`, /is wrong: unknown is user$/, { user: "root" });
  await refused(droplet, `deploy ${commit}`, /needs the command 'migrate'$/, { migrates: true });
  await refused(droplet, "run verify", /^Nothing is deployed yet$/, {});
  assert.ok(!existsSync(path.join(droplet.root, "srv/app/current")));
});

test("commands: stated ones run with the app's variables; what is typed stays words", async () => {
  const droplet = await machine();
  const commands = { verify: "python manage.py check", operate: "printf '<%s>\\n'" };
  await deployed(droplet, `deploy ${head(droplet)}`, { commands, migrates: false });
  assert.deepEqual((await droplet.answer())?.tables, []);
  const verified = await deployed(droplet, "run verify", {});
  assert.match(verified.log, /System check identified no issues/);
  const typed = await droplet.ask("run operate", { arguments: ["a b", "$(id)", "'; id"] });
  assert.match(typed.log, /<a b>\n<\$\(id\)>\n<'; id>\n/);
  await refused(droplet, "run migrate", /stated no command 'migrate'; stated: operate, verify$/, {});
});

test("two at once: the second is refused and changes nothing, the first goes on", async () => {
  const droplet = await machine();
  const commit = head(droplet);
  const slow = droplet.ask(`deploy ${commit}`, stated(droplet, { staticFiles: "sleep 3" }));
  await holds(() => existsSync(path.join(droplet.root, "srv/app/releases/1")), "release");
  await refused(
    droplet,
    `deploy ${commit}`,
    /^Another deploy or command runs here at the moment: nothing was done$/,
  );
  assert.equal((await droplet.ask("status")).answer.release, null);
  assert.equal((await slow).code, 0, (await slow).log);
  assert.deepEqual(readdirSync(path.join(droplet.root, "srv/app/releases")), ["1"]);
});

test("an own branch, its flagged migrations, and the way back", async () => {
  const droplet = await machine();
  const dev = head(droplet);
  await deployed(droplet, `deploy ${dev}`);
  const own = change(
    droplet.origin,
    {
      "version.txt": "mine\n",
      "shop/migrations/0002_price.py": migration("0001_cart", "Price"),
      "shop/migrations/0003_offer.py": migration("0002_price", "Offer"),
    },
    "feature/prices",
  );
  const out = await deployed(droplet, `own-branch feature/prices ${own}`);
  assert.deepEqual(out.answer.warnings, [
    "feature/prices runs migrations that dev has not: shop 0002_price, shop 0003_offer. They are undone before it goes",
  ]);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart", "shop_offer", "shop_price"]);
  const { answer } = await droplet.ask("status");
  assert.deepEqual([answer.branch, answer.own], ["feature/prices", true]);
  const flag = { app: "shop", branch: "feature/prices", undo: "migrate shop 0001_cart" };
  assert.deepEqual(answer.flagged, [
    { ...flag, name: "0002_price" },
    { ...flag, name: "0003_offer" },
  ]);

  const back = await deployed(droplet, `deploy ${dev}`);
  assert.deepEqual(back.answer.warnings, [
    `Undone, because ${dev} does not know them: shop 0002_price, shop 0003_offer`,
  ]);
  assert.match(back.log, /Running: python manage\.py migrate shop 0001_cart/);
  const { version, tables } = (await droplet.answer()) ?? {};
  assert.deepEqual([version, tables], ["one", ["shop_cart"]]);
  assert.deepEqual((await droplet.ask("status")).answer.flagged, []);
});

test("an own branch that was merged is no longer foreign; one that fails is undone all the same", async () => {
  const droplet = await machine();
  await deployed(droplet, `deploy ${head(droplet)}`);
  const price = { "shop/migrations/0002_price.py": migration("0001_cart", "Price") };
  const broken = change(droplet.origin, { ...price, "version.txt": "broken\n" }, "broken");
  const failed = await refused(droplet, `own-branch broken ${broken}`, /does not serve/);
  assert.equal(failed.answer.warnings?.length, 1);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart", "shop_price"]);
  const next = await deployed(droplet, `deploy ${head(droplet)}`);
  assert.match(next.answer.warnings?.[0] ?? "", /^Undone, because/);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart"]);

  const own = change(droplet.origin, { ...price, "version.txt": "mine\n" }, "mine");
  await deployed(droplet, `own-branch mine ${own}`);
  git(droplet.origin, "checkout", "--quiet", "dev");
  git(droplet.origin, "merge", "--quiet", "mine");
  const merged = await deployed(droplet, `deploy ${head(droplet)}`);
  assert.deepEqual(merged.answer.warnings, []);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart", "shop_price"]);
  assert.deepEqual((await droplet.ask("status")).answer.flagged, []);
});

test("where migrations run by hand, the way back says what is to be undone, and one request does it", async () => {
  const droplet = await machine();
  const byHand = { migrates: false };
  const dev = head(droplet);
  await deployed(droplet, `deploy ${dev}`, byHand);
  const files = { "shop/migrations/0002_price.py": migration("0001_cart", "Price") };
  const out = await deployed(droplet, `own-branch mine ${change(droplet.origin, files, "mine")}`, byHand);
  assert.match(
    out.answer.warnings?.[0] ?? "",
    /^mine brings migrations that dev has not: shop 0002_price\. If they are run by hand, undo them before it goes$/,
  );
  await deployed(droplet, "run migrate", {});
  const back = await deployed(droplet, `deploy ${dev}`, byHand);
  assert.match(
    back.answer.warnings?.[0] ?? "",
    /^Migrations of mine are to be undone by hand \('undo' does it\): shop 0002_price \(migrate shop 0001_cart\)$/,
  );
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart", "shop_price"]);
  const { answer } = await deployed(droplet, "undo", {});
  assert.deepEqual(answer.undone, ["shop 0002_price"]);
  assert.deepEqual((await droplet.answer())?.tables, ["shop_cart"]);
  assert.deepEqual((await droplet.ask("status")).answer.flagged, []);
});
