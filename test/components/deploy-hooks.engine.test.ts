import assert from "node:assert/strict";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { test } from "vitest";
import { DeployHooks } from "../../components/deploy-hooks";
import { githubProviders } from "../../components/providers/github";
import type { ProtectionSpec } from "../../stagewright/environment/schema/release";
import { readProject, readStack } from "../../stagewright/project/project";
import { type EngineOperation, type Outcome, Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { dandiCopy, scratch } from "../support/projects";

interface Wish {
  tracks?: string;
  protection?: ProtectionSpec;
  token?: string;
  /** More rules of the API. */
  rules?: object;
  /** The system's name stands in the workflow's text: another one changes the file. */
  system?: string;
}

/** The deploys of dandi's staging in the real engine and a cloud of their own. */
function stage() {
  const cloud = path.join(scratch(), "cloud.sqlite");
  const project = readProject(dandiCopy());
  const files = readStack(project, "staging");
  const declare = ({
    tracks = "branch master",
    protection,
    token = "HRKU",
    system = "dandi",
    rules,
  }: Wish) => {
    const { api, gui } = files.spec.release;
    if (!api || !gui) throw new Error("dandi deploys both");
    const spec = {
      ...files.spec,
      release: { ...files.spec.release, gui, api: { ...api, tracks, protection, ...rules } },
    };
    new DeployHooks("deploys", {
      system,
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
      return new Rehearsal(project, { cloud, program: () => declare(wish) }).run(files, operation);
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
  assert.equal((await done(run("up", { protection, system: "renamed" }))).update, 2);
  await done(run("destroy"));
  assert.deepEqual(things(), []);
});

test("where the rules let only somebody else, the first up and destroy work and a change is refused in GitHub's words", async () => {
  const { run, things } = stage();
  const protection = protectedFor("app 99");
  await done(run("up", { protection }));
  const { ok, errors } = await run("up", { protection, system: "renamed" });
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
  assert.deepEqual(patterns.sort(), ["branch staging", "tag *"]);
  const texts = seen(":RepositoryFile").map(({ properties }) => String(properties.content));
  assert.equal(texts.filter((text) => text.includes("\non:\n  release:\n")).length, 1);
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
