import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, test } from "vitest";
import { type Project, readProject, readStack } from "../../stagewright/project/project";
import { gather } from "../../stagewright/report/gather";
import { topologyOf } from "../../stagewright/report/model/topology";
import { writeReport } from "../../stagewright/report/write";
import { textsOf } from "../../stagewright/resources/texts";
import { ROOT, scratch } from "../support/projects";
import { browserOfFile } from "./browser";
import { faultsOf, LOOKS, nameOf, OUTSIDE } from "./looks";
import { read } from "./markup";

const PLANTED = "planted-in-the-config-of-staging";

let project: Project;
let data: Awaited<ReturnType<typeof gather>>;
const out = scratch();
let page: string;
const chromium = browserOfFile();

beforeAll(async () => {
  project = readProject(ROOT);
  const [production, staging] = [readStack(project, "production"), readStack(project, "staging")];
  const config = { ...(staging.settings.config as object), "dandi:herokuDeployToken": PLANTED };
  data = await gather(
    project,
    [production, { ...staging, settings: { ...staging.settings, config } }],
    undefined,
  );
  page = writeReport(project, data.stacks, data.comparisons, out);
});

test("the page holds every component of both environments, in well-formed markup", () => {
  const { errors, text } = read(readFileSync(page, "utf8"));
  assert.deepEqual(errors, []);
  for (const { files } of data.stacks) {
    const { api, bucket, gui, errors: tracking, database, broker, release } = files.spec;
    for (const name of [
      api?.app,
      api?.host,
      `${api?.app}-database`,
      `${api?.app}-broker`,
      bucket?.name,
      bucket?.logs?.bucket,
      gui?.site,
      gui?.host,
      tracking?.project,
      database?.plan,
      broker && "plan" in broker ? broker.plan : undefined,
      release.api?.tracks,
      release.gui?.tracks,
      ...Object.keys(api?.processes ?? {}),
    ]) {
      assert.ok(name && text.includes(name), `${files.stack}: ${name}`);
    }
  }
});

test("differences are marked exactly where parity has found one that is stated", () => {
  const stated = new Map(
    data.comparisons
      .flatMap(({ parity }) => parity?.stated ?? [])
      .flatMap(({ leaves }) => leaves.map((leaf) => [leaf.path, leaf.places])),
  );
  assert.ok(stated.size > 10);
  for (const { stack, components, sources } of topologyOf(project.name, data.stacks).environments) {
    const facts = [...components.flatMap(({ name, facts }) => [name, ...facts]), ...sources];
    for (const fact of facts) {
      const places = stated.get(fact.path.join(".")) ?? [];
      assert.equal(fact.differs, places.length > 0, `${stack}: ${fact.path.join(".")}`);
      assert.deepEqual(fact.stated, places);
    }
  }
});

test("no secret of the config or of the states is in the page or in the pictures", () => {
  const written = ["index.html", "topology.svg", "promotion.svg", "calendar.svg"]
    .map((file) => readFileSync(path.join(out, file), "utf8"))
    .join("");
  assert.doesNotMatch(written, new RegExp(PLANTED));
  const texts = data.stacks.flatMap(({ resources }) => textsOf(resources));
  const plain = new Set(texts.filter(({ secret }) => !secret).map(({ value }) => value));
  const secrets = new Set(
    texts
      .filter(({ secret, value }) => secret && value.length >= 8 && !plain.has(value))
      .map(({ value }) => value),
  );
  assert.ok(secrets.size > 6, `${secrets.size} secrets`);
  for (const secret of secrets) assert.ok(!written.includes(secret), "a secret of a state");
});

test("the picture in the README is the one of today", () => {
  assert.equal(
    readFileSync(path.join(ROOT, "docs/images/dandi.svg"), "utf8"),
    readFileSync(path.join(out, "topology.svg"), "utf8"),
    "if it is meant: npx stagewright report --out .rehearsal/report && cp .rehearsal/report/topology.svg docs/images/dandi.svg",
  );
});

for (const look of LOOKS) {
  test(`in Chromium, ${nameOf(look)}: no error, no request, no overflow, no fault for axe`, async () => {
    assert.deepEqual(await faultsOf(chromium(), page, look), []);
  });
}

test("every text of the drawing stays inside its box, and the file is a picture for an <img>", async () => {
  const opened = await chromium().newPage();
  await opened.goto(pathToFileURL(page).href);
  assert.deepEqual(await opened.evaluate(OUTSIDE), []);
  const readme = path.join(out, "readme.html");
  writeFileSync(readme, '<!doctype html><title>README</title><img src="topology.svg" alt="">');
  await opened.goto(pathToFileURL(readme).href);
  assert.ok(Number(await opened.evaluate("document.images[0].naturalWidth")) > 800);
});
