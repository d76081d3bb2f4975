import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import {
  deployRights,
  driftRights,
  ephemeralRights,
  previewRights,
  type Statement,
} from "../../bootstrap/rights";
import { hostLike, nameLike } from "../../stagewright/ephemeral/names";
import { readProject, readStack } from "../../stagewright/project/project";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { plainCli } from "../support/plain-cli";
import { ROOT, scratch } from "../support/projects";
import { Resources } from "../support/rehearsed";

const PLACE = { bucket: "state", keyArn: "arn:aws:kms:us-east-2:278212569472:key/k" };
const specOf = (stack: string) => readStack(readProject(ROOT), stack).spec;
const rightsOf = (stack: string) => deployRights("dandi", stack, specOf(stack), "project", PLACE);
const EPHEMERAL = ephemeralRights("dandi", [specOf("staging")], "project", PLACE);

test("a stack's role works on the state of that stack alone", () => {
  const written = named(rightsOf("staging"), "State");
  assert.deepEqual(written.Resource, [
    "arn:aws:s3:::state/.pulumi/stacks/dandi/staging.*",
    "arn:aws:s3:::state/.pulumi/history/dandi/staging/*",
    "arn:aws:s3:::state/.pulumi/backups/dandi/staging/*",
    "arn:aws:s3:::state/.pulumi/locks/organization/dandi/staging/*",
  ]);
  assert.ok(!JSON.stringify(rightsOf("staging")).includes("production"));
});

test("a stack's role reaches the bucket, user and records that its spec names, and no others", () => {
  const staging = rightsOf("staging");
  assert.deepEqual(named(staging, "BucketUser").Resource, [
    "arn:aws:iam::278212569472:user/dandi-api-staging",
  ]);
  assert.deepEqual(named(staging, "Records").Condition, {
    "ForAllValues:StringLike": {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
        "api-staging.dandiarchive.org",
        "gui-staging.dandiarchive.org",
      ],
    },
  });
  // Production's bucket is in another account: its role has the rights to it there.
  const production = rightsOf("production");
  assert.ok(!production.some(({ Sid }) => Sid === "Buckets"));
  assert.deepEqual(named(production, "OtherAccounts").Resource, [
    "arn:aws:iam::769362853226:role/dandi-infrastructure",
  ]);
  // Staging states that account, too, and makes nothing in it.
  assert.ok(!staging.some(({ Sid }) => Sid === "OtherAccounts"));
});

test("the role of the ephemeral environments reaches what carries their mark, and nothing of a stack", () => {
  assert.deepEqual(named(EPHEMERAL, "State").Resource, [
    "arn:aws:s3:::state/.pulumi/stacks/dandi/eph-*.*",
    "arn:aws:s3:::state/.pulumi/history/dandi/eph-*/*",
    "arn:aws:s3:::state/.pulumi/backups/dandi/eph-*/*",
    "arn:aws:s3:::state/.pulumi/locks/organization/dandi/eph-*/*",
  ]);
  assert.deepEqual(named(EPHEMERAL, "Buckets").Resource, [
    "arn:aws:s3:::dandi-api-eph-*",
    "arn:aws:s3:::dandi-api-eph-*/*",
  ]);
  assert.deepEqual(named(EPHEMERAL, "BucketUser").Resource, [
    "arn:aws:iam::278212569472:user/dandi-api-eph-*",
  ]);
  assert.deepEqual(named(EPHEMERAL, "Records").Condition, {
    "ForAllValues:StringLike": {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
        "api-eph-*.dandiarchive.org",
        "gui-eph-*.dandiarchive.org",
      ],
    },
  });
  assert.doesNotMatch(JSON.stringify(EPHEMERAL), /staging|production|sts:AssumeRole/);
  // As few rights as a stack's own, of the same kinds, and to look for what no stack owns.
  assert.deepEqual(
    EPHEMERAL.map(({ Sid, Action }) => [Sid, Action]),
    [
      ...rightsOf("staging").map(({ Sid, Action }) => [Sid, Action]),
      ["OrphansFind", ["s3:ListAllMyBuckets", "iam:ListUsers"]],
    ],
  );
});

test("whatever an ephemeral environment is called, its role reaches it, however long the stack's own names are", () => {
  const staging = specOf("staging");
  for (const stem of ["dandi-api", `dandi-${"long-".repeat(10)}name`]) {
    const bucket = { ...staging.bucket, name: `${stem}-staging`, user: `${stem}-staging` };
    const api = { ...staging.api, host: `${stem}-staging.dandiarchive.org` };
    const like = { ...staging, bucket, api } as typeof staging;
    const rights = ephemeralRights("dandi", [like], "project", PLACE);
    const hosts = Object.values(named(rights, "Records").Condition?.["ForAllValues:StringLike"] ?? {}).flat();
    for (const name of ["a", "pr-12", "a-feature", "x".repeat(28)]) {
      const own = nameLike(bucket.name, "staging", name, "bucket");
      assert.ok(fits(`arn:aws:s3:::${own}`, [named(rights, "Buckets").Resource].flat()), own);
      const user = nameLike(bucket.user, "staging", name, "user");
      assert.ok(
        fits(`arn:aws:iam::278212569472:user/${user}`, [named(rights, "BucketUser").Resource].flat()),
        user,
      );
      const host = hostLike(api.host, "dandiarchive.org", "staging", name);
      assert.ok(fits(host, hosts), host);
    }
    assert.ok(!fits(api.host, hosts) && !fits("api.dandiarchive.org", hosts));
  }
});

test("whoever previews or looks for drift can write nothing in this account", () => {
  const drift = driftRights("dandi", [specOf("staging"), specOf("production")], "project", PLACE);
  const actions = [...previewRights("dandi", PLACE), ...drift]
    .filter(({ Sid }) => Sid !== "OtherAccounts")
    .flatMap(({ Action }) => Action);
  for (const action of actions) assert.match(action, /^(s3|route53|kms|iam):(Get|List|Decrypt)/);
  assert.deepEqual(named(drift, "BucketsRead").Resource, [
    "arn:aws:s3:::dandi-api-staging",
    "arn:aws:s3:::dandi-api-staging-logs",
  ]);
  assert.ok(!previewRights("dandi", PLACE).some(({ Sid }) => Sid === "OtherAccounts"));
});

test("no right is to everything, but for looking up what is there, which takes nothing else", () => {
  for (const statement of [...rightsOf("production"), ...previewRights("dandi", PLACE), ...EPHEMERAL]) {
    if (!["ZoneLookup", "OrphansFind"].includes(statement.Sid))
      assert.ok(![statement.Resource].flat().includes("*"), statement.Sid);
    assert.ok(!statement.Action.some((action) => action.endsWith(":*")), statement.Sid);
  }
});

test("plain `pulumi up` makes the state and the roles, protected, and again changes nothing", async () => {
  const dir = checkout();
  const state = scratch();
  const cloud = await openCloud(path.join(state, "cloud.db"));
  const pulumi = await plainCli(path.join(dir, "bootstrap"), state, "dandi", cloud);
  try {
    await succeeds(pulumi("stack", "init", "--no-select"));
    await succeeds(pulumi("up", "--yes", "--non-interactive"));
    await succeeds(pulumi("up", "--yes", "--non-interactive", "--refresh", "--expect-no-changes"));
    const exported = path.join(state, "deployment.json");
    await succeeds(pulumi("stack", "export", "--file", exported));
    const resources = new Resources(JSON.parse(readFileSync(exported, "utf8")).deployment.resources);
    for (const type of ["Bucket", "BucketVersioning", "Key"]) assert.equal(resources.one(type).protect, true);
    const roles = resources.of("aws:iam/role:Role").map(({ inputs }) => String(inputs?.name));
    assert.deepEqual(roles.sort(), [
      "dandi-drift-github",
      "dandi-ephemeral-github",
      "dandi-preview-github",
      "dandi-production-github",
      "dandi-staging-github",
    ]);
    const trust = resources.one("aws:iam/role:Role", { name: "dandi-production-github" }).inputs
      .assumeRolePolicy;
    assert.match(String(trust), /"repo:dandi\/dandi-infrastructure:environment:production"/);
    const { assumeRolePolicy, description } = resources.one("aws:iam/role:Role", {
      name: "dandi-ephemeral-github",
    }).inputs;
    assert.deepEqual(String(assumeRolePolicy).match(/environment:\w+/g), [
      "environment:ephemeral",
      "environment:reap",
    ]);
    assert.match(String(description), /environment ephemeral or reap of/);
    const destroy = await pulumi("destroy", "--yes", "--non-interactive");
    assert.notEqual(destroy.status, 0, "the state is protected");
  } finally {
    cloud.close();
  }
});

test("a repository that is none is one clear sentence", async () => {
  const dir = checkout();
  const state = scratch();
  const cloud = await openCloud(path.join(state, "cloud.db"));
  const pulumi = await plainCli(path.join(dir, "bootstrap"), state, "dandi", cloud);
  try {
    await succeeds(pulumi("stack", "init", "--no-select"));
    await succeeds(pulumi("config", "set", "repository", "dandi"));
    const { status, output } = await pulumi("preview", "--non-interactive");
    assert.notEqual(status, 0);
    assert.match(output, /bootstrap:repository: is 'dandi'; accepted: a GitHub repository as owner\/name/);
    assert.doesNotMatch(output, /\n\s+at .*\.ts:\d+/);
  } finally {
    cloud.close();
  }
});

/** The checkout, with a copy of bootstrap's folder that may be written to. */
function checkout(): string {
  const dir = scratch();
  for (const name of [
    "components",
    "stagewright",
    "node_modules",
    "package.json",
    "tsconfig.json",
    "Pulumi.yaml",
    "Pulumi.production.yaml",
    "Pulumi.staging.yaml",
  ])
    symlinkSync(path.join(ROOT, name), path.join(dir, name));
  mkdirSync(path.join(dir, "bootstrap"));
  cpSync(path.join(ROOT, "bootstrap"), path.join(dir, "bootstrap"), { recursive: true });
  return dir;
}

async function succeeds(ended: Promise<{ status: number | null; output: string }>): Promise<void> {
  const { status, output } = await ended;
  assert.equal(status, 0, output);
}

function named(statements: readonly Statement[], sid: string): Statement {
  const found = statements.find(({ Sid }) => Sid === sid);
  assert.ok(found, sid);
  return found;
}

/** Whether a text fits one of some patterns, as IAM reads `*`. */
function fits(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.]/g, "\\."));
    return new RegExp(`^${parts.join(".*")}$`).test(text);
  });
}
