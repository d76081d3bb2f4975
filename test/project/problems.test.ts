import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Tree } from "../../stagewright/environment/merge";
import { ConfigError, sentence } from "../../stagewright/environment/problems";
import { readProject, readStack } from "../../stagewright/project/project";
import { dandiCopy, editBase, scratch, setDiffers } from "../support/projects";

/** The sentences with which a stack is refused. */
function refusal(dir: string, stack: string): string[] {
  try {
    readStack(readProject(dir), stack);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(sentence);
  }
  return assert.fail(`${stack} was accepted`);
}

/** The sentences for production with these differences. */
function refused(differs: unknown): string[] {
  const dir = dandiCopy();
  setDiffers(dir, "production", differs);
  return refusal(dir, "production");
}

const one = (sentences: string[]) => {
  assert.equal(sentences.length, 1, sentences.join("\n"));
  return sentences[0] ?? "";
};

test("dandi's own stacks are accepted", () => {
  const project = readProject(dandiCopy());
  for (const stack of project.stacks) assert.ok(readStack(project, stack).spec);
});

test("an unknown key names what is accepted and the nearest name", () => {
  const text = one(refused({ databse: { plan: "standard-0" } }));
  assert.match(
    text,
    /^Pulumi\.production\.yaml:\d+: dandi:differs\.databse: is not a key that is known here/,
  );
  assert.match(text, /accepted: name, data, .*database.*; did you mean 'database'\?$/);
});

test("a misspelt plan names the value, the plans and the nearest one", () => {
  const text = one(refused({ database: { plan: "standrd-0" } }));
  assert.match(text, /dandi:differs\.database\.plan: is "standrd-0"; accepted: one of essential-0, /);
  assert.match(text, /did you mean 'standard-0'\?$/);
});

test("a number for a string shows the accepted values in quotes", () => {
  assert.match(
    one(refused({ database: { version: 16 } })),
    /database\.version: is 16; accepted: one of "14", "15", "16"/,
  );
});

test("a string for a number says that a whole number is wanted", () => {
  const text = one(refused({ api: { processes: { web: { quantity: "many" } } } }));
  assert.match(text, /api\.processes\.web\.quantity: is "many"; accepted: a whole number/);
});

test("all problems are told at once", () => {
  const sentences = refused({ database: { plan: "huge" }, nope: 1, api: { app: "Dandi" } });
  assert.equal(sentences.length, 3);
  for (const key of ["database.plan", "nope", "api.app"]) {
    assert.ok(
      sentences.some((text) => text.includes(`dandi:differs.${key}:`)),
      key,
    );
  }
});

test("a problem of the base is told of Pulumi.yaml, with its line", () => {
  const dir = dandiCopy();
  editBase(dir, (environment) => {
    (environment.database as Tree).plan = "huge";
  });
  assert.match(
    one(refusal(dir, "production")),
    /^Pulumi\.yaml:\d+: dandi:environment\.database\.plan: is "huge"/,
  );
});

test("a missing section that something needs is told", () => {
  assert.match(
    refused({ gui: null, release: { gui: null }, common: null }).join("\n"),
    /variables\.DJANGO_DANDI_WEB_APP_URL: refers to '\$\{gui\.url\}', but there is no 'gui' section/,
  );
});

test("a missing value says what it is for", () => {
  const text = one(refused({ api: { repository: null }, common: null }));
  assert.match(text, /api\.repository: is missing; accepted: a string \(GitHub repository whose commits/);
});

test("an empty file, invalid YAML, a list, and a stack without config are each one sentence", () => {
  const dir = dandiCopy();
  const write = (stack: string, text: string) => writeFileSync(path.join(dir, `Pulumi.${stack}.yaml`), text);
  write("empty", "");
  write("list", "- a\n");
  write("broken", "config:\n  a: [1,\n b: 2\n");
  write("bare", "config: {}\n");
  write("nothing", "encryptionsalt: v1:abc\n");
  write("scalar", "config:\n  dandi:differs: no\n");
  assert.match(
    one(refusal(dir, "empty")),
    /^Pulumi\.empty\.yaml: is empty; accepted is a map with the key config$/,
  );
  assert.match(
    one(refusal(dir, "list")),
    /^Pulumi\.list\.yaml: is no map; accepted is a map with the key config$/,
  );
  assert.match(one(refusal(dir, "broken")), /^Pulumi\.broken\.yaml:\d+: is no valid YAML: /);
  for (const stack of ["bare", "nothing"]) {
    assert.match(
      one(refusal(dir, stack)),
      /dandi:differs: is missing; accepted is a map of how this stack differs, \{\}/,
    );
  }
  assert.match(one(refusal(dir, "scalar")), /dandi:differs: is "no"; accepted is a map$/);
});

test("a stack that does not exist names those that do", () => {
  assert.equal(
    one(refusal(dandiCopy(), "stagng")),
    "Pulumi.stagng.yaml: does not exist; the stacks of dandi are: production, staging; did you mean 'staging'?",
  );
});

test("a folder without a project is one sentence", () => {
  assert.throws(() => readProject(scratch()), {
    name: "ConfigError",
    message: /Pulumi\.yaml: does not exist/,
  });
});

test("a misspelt key of ours in a stack's file is not passed over", () => {
  const dir = dandiCopy();
  writeFileSync(
    path.join(dir, "Pulumi.typo.yaml"),
    "config:\n  dandi:differs: {}\n  dandi:difers: { name: x }\n",
  );
  assert.match(
    one(refusal(dir, "typo")),
    /dandi:difers: is not a key that is known here; .*did you mean 'dandi:differs'\?/,
  );
});

const MISMATCHES: [what: string, differs: Tree, told: RegExp][] = [
  [
    "a required variable that nothing provides",
    { database: null },
    /api\.requires\[1\]: requires 'DATABASE_URL', which nothing provides/,
  ],
  [
    "a variable that the broker sets",
    { api: { variables: { CLOUDAMQP_URL: "x" } } },
    /variables\.CLOUDAMQP_URL: is set by the broker/,
  ],
  [
    "a reference to nothing",
    { api: { variables: { A: "${guy.url}" } } },
    /variables\.A: refers to '\$\{guy\.url\}'.*did you mean 'gui'/,
  ],
  [
    "a reference to an attribute that is not there",
    { api: { variables: { A: "${bucket.nam}" } } },
    /'bucket' provides name, .*did you mean 'name'/,
  ],
  [
    "a secret without a name",
    { api: { variables: { A: "${secret.}" } } },
    /accepted after 'secret\.' is a name/,
  ],
  [
    "a GUI that points to no API",
    { gui: { variables: { VUE_APP_DANDI_API_ROOT: null } } },
    /gui\.variables: points to no API/,
  ],
  [
    "a host outside the zone",
    { api: { host: "api.example.org" } },
    /api\.host: is 'api\.example\.org', which is outside the zone/,
  ],
  ["an API at the apex", { api: { host: "dandiarchive.org" } }, /api\.host: .*apex/],
  ["a host without a zone", { dns: null, common: null }, /there is no 'dns' section/],
  [
    "an account that is not stated",
    { bucket: { account: "sponsred" } },
    /bucket\.account: is 'sponsred'; .*did you mean 'sponsored'/,
  ],
  [
    "eco dynos beside others",
    { api: { processes: { worker: { size: "eco" } } } },
    /api\.processes: .*eco, basic and the professional ones do not mix/,
  ],
  [
    "followers of a small plan",
    { database: { plan: "essential-0", followers: 1 } },
    /database\.followers: is 1; accepted: followers only with a standard or premium plan/,
  ],
  [
    "a protected branch that the workflow cannot get into",
    { release: { gui: { protection: {} } } },
    /gui\.protection\.bypass: is empty, but the deploy workflow must be committed/,
  ],
  [
    "a protection without a branch",
    { release: { api: { protection: { bypass: ["role admin"] } } } },
    /tracks is 'releases'; accepted with tracks: branch NAME/,
  ],
  [
    "a deploy of what is not there",
    { gui: null, common: null },
    /release\.gui: says when the gui is deployed/,
  ],
  [
    "a database that nothing reaches",
    { api: null, gui: null, release: null, common: null },
    /database: needs an 'api' section/,
  ],
  [
    "a common path that is not there",
    { common: ["dns.zoned"] },
    /common\[0\]: is 'dns\.zoned', which this environment does not have/,
  ],
  [
    "a bucket that logs into itself",
    { bucket: { logs: { bucket: "dandiarchive" } } },
    /logs\.bucket: is the bucket itself/,
  ],
  [
    "an app name beyond Heroku's limit",
    { api: { app: "dandi-api-with-a-name-beyond-thirty" } },
    /api\.app: is .*; accepted: 3 to 30 of/,
  ],
  [
    "a site name beyond a DNS label",
    { gui: { site: "g".repeat(64) } },
    /gui\.site: is .*; accepted: a site name/,
  ],
  [
    "a bucket name that S3 refuses",
    { bucket: { name: "Dandi_Archive" } },
    /bucket\.name: is .*; accepted: a bucket name/,
  ],
  [
    "a branch that Git refuses",
    { release: { gui: { tracks: "branch a..b c" } } },
    /gui\.tracks: is .*; accepted: 'branch NAME' or 'nothing'/,
  ],
  [
    "no web process",
    { api: { processes: { web: null } } },
    /api\.processes: is .*; accepted: at least the process type 'web'/,
  ],
];

for (const [what, differs, told] of MISMATCHES) {
  test(`${what} is told before anything is created`, () => {
    assert.match(refused(differs).join("\n"), told);
  });
}
