import assert from "node:assert/strict";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { test } from "vitest";
import { DeployHooks } from "../../components/deploy-hooks";
import { githubProviders } from "../../components/providers/github";
import type { ProtectionSpec } from "../../stagewright/environment/schema/release";
import { readProject, readStack } from "../../stagewright/project/project";
import type { Failure } from "../../stagewright/rehearsal/conditions";
import { type EngineOperation, type Outcome, Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";
import { seedRepository } from "../../stagewright/rehearsal/vendors/github";
import { POLICY } from "../../stagewright/rehearsal/vendors/github/environments";
import { FILE, scopeOf } from "../../stagewright/rehearsal/vendors/github/files";
import { idOf } from "../../stagewright/rehearsal/vendors/github/repositories";
import { dandiCopy, scratch } from "../support/projects";

interface Wish {
  tracks?: string;
  protection?: ProtectionSpec;
  token?: string;
  /** More rules of the API. */
  rules?: object;
  failures?: readonly Failure[];
}

/** Changes the file of the API's workflow, and nothing else. */
const TOLD = { onFailure: { action: "stop", tell: "ashwin" } };
const API_FILE = ".github/workflows/deploy-api-staging.yml";

/** The deploys of dandi's staging in the real engine and a cloud of their own. */
function stage() {
  const cloud = path.join(scratch(), "cloud.sqlite");
  const project = readProject(dandiCopy());
  const files = readStack(project, "staging");
  const declare = ({ tracks = "branch master", protection, token = "HRKU", rules }: Wish) => {
    const { api, gui } = files.spec.release;
    if (!api || !gui) throw new Error("dandi deploys both");
    const spec = {
      ...files.spec,
      release: { ...files.spec.release, gui, api: { ...api, tracks, protection, ...rules } },
    };
    new DeployHooks("deploys", {
      system: "dandi",
      spec,
      github: githubProviders(),
      api: {
        via: "heroku",
        app: "dandi-api-staging",
        url: "https://api.example.org",
        token: pulumi.secret(token),
      },
      gui: { url: "https://gui.example.org", buildHookUrl: pulumi.secret("https://hooks.example.org/1") },
    });
  };
  return {
    run(operation: EngineOperation, wish: Wish = {}): Promise<Outcome> {
      const { failures } = wish;
      return new Rehearsal(project, { cloud, program: () => declare(wish), failures }).run(files, operation);
    },
    /** Puts branches and files into the API's repository, as a merge or a person does. */
    commit(branch: string, content?: string) {
      const store = new CloudStore(cloud);
      try {
        seedRepository(store, "dandi", "dandi-api", [branch]);
        const of = (thing: Thing) => thing.type === FILE && thing.properties.file === API_FILE;
        const made = store.all().find(of);
        if (content === undefined || !made) return;
        store.put({
          ...made,
          id: idOf("dandi-api", API_FILE, branch),
          scope: scopeOf("dandi/dandi-api", branch),
          properties: { ...made.properties, branch, ref: branch, content },
        });
      } finally {
        store.close();
      }
    },
    /** What there is at GitHub besides the repositories. */
    things() {
      const store = new CloudStore(cloud);
      try {
        return store.all().filter(({ type }) => type.startsWith("github:index/"));
      } finally {
        store.close();
      }
    },
  };
}

async function done(outcome: Promise<Outcome>): Promise<Record<string, number>> {
  const { ok, errors, changes } = await outcome;
  assert.ok(ok, errors.join("\n"));
  return changes;
}

const protectedFor = (who: string): ProtectionSpec => ({ requiredChecks: ["test"], bypass: [who] });

test("up from nothing, nothing to do twice, a new token in place, and back to nothing", async () => {
  const { run, things } = stage();
  await done(run("up"));
  assert.equal(things().length, 11);
  assert.deepEqual(Object.keys(await done(run("refresh"))), ["same"]);
  assert.deepEqual(Object.keys(await done(run("up"))), ["same"]);
  const { update, ...rest } = await done(run("up", { token: "HRKU-new" }));
  assert.equal(update, 1);
  assert.deepEqual(Object.keys(rest), ["same"]);
  await done(run("destroy"));
  assert.deepEqual(things(), []);
});

test("a protected branch: our own file is committed, changed and removed again, since the rules let us", async () => {
  const { run, things } = stage();
  const protection = protectedFor("role admin");
  await done(run("up", { protection }));
  assert.equal((await done(run("up", { protection, rules: TOLD }))).update, 1);
  await done(run("destroy"));
  assert.deepEqual(things(), []);
});

test("where the rules let only somebody else, the first up and destroy work and a change is refused in GitHub's words", async () => {
  const { run, things } = stage();
  const protection = protectedFor("app 99");
  await done(run("up", { protection }));
  const { ok, errors } = await run("up", { protection, rules: TOLD });
  assert.equal(ok, false);
  assert.match(errors.join("\n"), /409 Repository rule violations found for master: Changes must be made/);
  await done(run("destroy"));
  assert.deepEqual(things(), []);
});

test("from a branch to releases: the policy and the file follow", async () => {
  const { run, things } = stage();
  await done(run("up"));
  await done(run("up", { tracks: "releases" }));
  const seen = (type: string) => things().filter((thing) => thing.type.endsWith(type));
  const patterns = seen(":RepositoryEnvironmentDeploymentPolicy").map(({ name }) => name);
  assert.deepEqual(patterns.sort(), ["branch staging", "tag **/*"]);
  const texts = seen(":RepositoryFile").map(({ properties }) => String(properties.content));
  assert.equal(texts.filter((text) => text.includes("\non:\n  release:\n")).length, 1);
});

test("another branch is tracked: wherever an up breaks off, the old or the new branch deploys", async () => {
  const { run, things, commit } = stage();
  commit("develop");
  await done(run("up", { tracks: "branch develop" }));
  // `develop` was merged, so that master has the file already.
  commit("master", String(workflowOn(things(), "develop")));
  const deploying = () =>
    ["develop", "master"].filter(
      (branch) =>
        workflowOn(things(), branch) !== undefined &&
        things().some(
          ({ type, name, scope }) => type === POLICY && name === `branch ${branch}` && scope === API,
        ),
    );
  assert.deepEqual(deploying(), ["develop"]);
  const broken = [
    [POLICY, "create", "500"],
    [FILE, "create", "409 master moved"],
    // Twice, as what an up leaves pending the next one deletes.
    [FILE, "create", "409 master moved"],
    [FILE, "create", "lost"],
    [FILE, "delete", "500"],
    [POLICY, "delete", "500"],
  ] as const;
  for (const [type, operation, error] of broken) {
    const failures = [{ type, operation, nth: 1, error }];
    const { ok, unmet } = await run("up", { tracks: "branch master", failures });
    assert.deepEqual([ok, unmet], [false, []], `${operation} ${type} ${error}`);
    assert.notDeepEqual(deploying(), [], `${operation} ${type} ${error}`);
  }
  await done(run("up", { tracks: "branch master" }));
  assert.deepEqual(deploying(), ["master"]);
  assert.equal(workflowOn(things(), "develop"), undefined);
  assert.match(workflowOn(things(), "master") ?? "", /branches: \[ ?master ?\]|- master/);
  assert.deepEqual(Object.keys(await done(run("up", { tracks: "branch master" }))), ["same"]);
});

test("somebody else's file at the path of ours is refused in a sentence and left alone", async () => {
  const { run, things, commit } = stage();
  commit("develop");
  await done(run("up", { tracks: "branch develop" }));
  for (const [content, whose] of [
    ["on: push\n", "is not Stagewright's"],
    [
      String(workflowOn(things(), "develop")).replace(" of dandi.", " of shop."),
      "belongs to staging of shop",
    ],
  ] as const) {
    commit("master", content);
    for (const operation of ["preview", "up"] as const) {
      const { ok, errors } = await run(operation, { tracks: "branch master" });
      assert.equal(ok, false);
      const says = `dandi/dandi-api: ${API_FILE} on master ${whose} and stays as it is; once`;
      assert.ok(errors.join("\n").includes(says), errors.join("\n"));
      assert.doesNotMatch(errors.join("\n"), /\n +at /);
    }
    assert.equal(workflowOn(things(), "master"), content);
  }
});

test("approvals, schedules and hotfixes: up from nothing, nothing to do twice, and back to nothing", async () => {
  const { run, things } = stage();
  const by = ["user bea", "team dt"];
  const rules = {
    schedule: "sunday 20:00",
    hotfix: { by },
    gates: {
      checks: {},
      environments: {},
      errors: {},
      commands: {},
      absent: {},
      approval: { by, self: "excluded" },
    },
  };
  await done(run("up", { rules }));
  assert.deepEqual(Object.keys(await done(run("refresh", { rules }))), ["same"]);
  assert.deepEqual(Object.keys(await done(run("up", { rules }))), ["same"]);
  const environments = things().filter(({ type }) => type.endsWith(":RepositoryEnvironment"));
  const reviewed = environments.filter(({ properties }) => properties.reviewers !== undefined);
  assert.deepEqual(reviewed.map(({ name }) => name).sort(), ["staging", "staging-hotfix"]);
  const policies = things().filter(({ type }) => type.endsWith(":RepositoryEnvironmentDeploymentPolicy"));
  assert.deepEqual(policies.map(({ name }) => name).sort(), [
    "branch master",
    "branch master",
    "branch staging",
  ]);
  await done(run("destroy", { rules }));
  assert.deepEqual(things(), []);
});

const API = "dandi/dandi-api:staging";

/** What the API's workflow file says on a branch. */
function workflowOn(things: Thing[], branch: string): string | undefined {
  const on = ({ type, id }: Thing) => type === FILE && id === idOf("dandi-api", API_FILE, branch);
  const content = things.find(on)?.properties.content;
  return typeof content === "string" ? content : undefined;
}
