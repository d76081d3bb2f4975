import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../support/process";
import { ROOT, scratch } from "../support/projects";
import { Mini } from "./mini";

test("the command makes, lists and takes away, leaves no file, and answers in the agreed JSON", async () => {
  const dir = scratch();
  const mini = new Mini(dir, {}, { ephemeral: { max: 1, ttl: "24h" } });
  const system = path.join(dir, "system");
  const before = readdirSync(system);
  const env = async (...args: string[]) => {
    const common = ["--dir", system, "--rehearse", "--cloud", mini.cloud];
    const command = path.join(ROOT, "stagewright/cli/stagewright.js");
    const { status, stdout, stderr } = await run("node", [command, "env", ...args, ...common], {
      cwd: dir,
      env: { ...process.env, GITHUB_ACTOR: "octocat" },
    });
    return { status, stdout: stdout.trim(), stderr: stderr.trim() };
  };

  const made = await env(
    "create",
    "pr-1",
    "--like",
    "staging",
    "--branch",
    "feature",
    "--json",
    "--set",
    "api.region=eu",
  );
  assert.equal(made.status, 0, made.stderr);
  const view = JSON.parse(made.stdout);
  assert.deepEqual(Object.keys(view), [
    "name",
    "stack",
    "like",
    "owner",
    "branch",
    "urls",
    "places",
    "cost",
    "created",
    "updated",
    "expires",
    "ttl",
    "state",
    "due",
    "shared",
  ]);
  assert.deepEqual(
    [view.name, view.stack, view.owner, view.branch, view.state, view.due, view.ttl, view.places],
    ["pr-1", "eph-pr-1", "octocat", "feature", "ready", "soon", "24h", { app: "mini-api-eph-pr-1" }],
  );
  assert.equal(mini.things().find(({ name }) => name === "mini-api-eph-pr-1")?.properties.region, "eu");

  const full = await env("create", "pr-2", "--like", "staging", "--json");
  assert.equal(full.status, 1);
  const sentence = "there is 1 ephemeral environment already, and ephemeral.max is 1; destroy one first";
  assert.deepEqual(JSON.parse(full.stdout), { name: "pr-2", error: sentence });
  assert.equal(full.stderr, sentence);
  const wrong = await env("create", "Feature/One", "--like", "staging");
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^env create: NAME: is no name of an environment; .* for example feature-one$/);
  assert.equal((await env("create", "pr-3", "--like", "stagin")).status, 2);

  const { environments } = JSON.parse((await env("list", "--json")).stdout);
  assert.deepEqual(environments, [view]);
  assert.equal((await env("open", "pr-1")).stdout, view.urls.api);
  assert.deepEqual(
    [(await env("open", "pr-9")).status, (await env("extend", "pr-9", "--ttl", "1h")).status],
    [1, 1],
  );
  const reaped = JSON.parse((await env("reap", "--json")).stdout);
  assert.deepEqual(reaped, { destroyed: [], soon: [view], busy: [], failed: [], orphans: [], unasked: [] });
  assert.deepEqual(JSON.parse((await env("destroy", "pr-1", "--json")).stdout), {
    name: "pr-1",
    destroyed: true,
  });
  assert.deepEqual(readdirSync(system), before);
});
