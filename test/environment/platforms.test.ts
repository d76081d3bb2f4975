import assert from "node:assert/strict";
import { test } from "vitest";
import { merge, type Tree, valueAt } from "../../stagewright/environment/merge";
import { databasePlan } from "../../stagewright/environment/platforms";
import { ConfigError, sentence } from "../../stagewright/environment/problems";
import { requiredSecrets } from "../../stagewright/environment/references";
import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import { readProject } from "../../stagewright/project/project";
import { resolveSpec } from "../../stagewright/project/validate";
import { systemCopy } from "../support/projects";

const sources = { project: "train", stack: "dev" };

/** release-train's production, with what differs. */
function resolved(differs: Tree): EnvironmentSpec {
  const { settings } = readProject(systemCopy("release-train"));
  const base = valueAt(settings, ["config", "release-train:environment", "value"]);
  return resolveSpec(base, differs, sources);
}

function refused(differs: Tree): string[] {
  try {
    resolved(differs);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(sentence);
  }
  return assert.fail("it was accepted");
}

// What only one of the two platforms has is left to its default.
const UNSAID: Tree = { api: { size: null, alerts: null }, database: { plan: null } };

test("one word takes a system from one platform to the other: each has its own defaults", () => {
  const droplet = resolved(UNSAID);
  const token = { release: { api: { token: "herokuToken" } } };
  // At the apex of a zone Heroku cannot serve, wherever a droplet could.
  const host = { api: { host: "www.release-train.example" } };
  const heroku = resolved(merge(merge(merge(UNSAID, { api: { via: "heroku" } }), token), host));
  assert.ok(droplet.api?.via === "digitalocean" && heroku.api?.via === "heroku");
  assert.deepEqual([droplet.api.size, droplet.api.region], ["s-1vcpu-1gb", "fra1"]);
  assert.deepEqual(heroku.api.buildpacks, ["heroku/python"]);
  assert.deepEqual(heroku.api.processes.web, { size: "standard-1x", quantity: 3 });
  const plans = [droplet, heroku].map(({ api, database }) => api && database && databasePlan(api, database));
  assert.deepEqual(plans, ["db-s-1vcpu-1gb", "essential-0"]);
  assert.deepEqual(requiredSecrets(heroku), ["herokuToken"]);
  assert.deepEqual(
    requiredSecrets(resolved(merge(UNSAID, token))),
    [],
    "a droplet has no use for Heroku's token",
  );
});

const MISMATCHES: [what: string, differs: Tree, told: RegExp][] = [
  ["no platform", { api: { via: null } }, /api\.via: is missing; accepted: one of heroku, digitalocean$/],
  [
    "a platform that there is not",
    { api: { via: "digitalocan" } },
    /api\.via: is "digitalocan"; accepted: one of heroku, digitalocean; did you mean 'digitalocean'\?$/,
  ],
  [
    "a droplet without a host",
    { api: { host: null } },
    /api\.host: is missing; accepted: a string \(Public host name of the API: a droplet has none of its own\)$/,
  ],
  [
    "a droplet without a zone",
    { dns: null, common: [] },
    /api\.host: is 'release-train\.example', but there is no 'dns' section/,
  ],
  [
    "a plan of the other platform",
    { database: { plan: "standard-0" } },
    /database\.plan: is 'standard-0', which DigitalOcean, where the API is, does not have; accepted: one of db-s-1vcpu-1gb, /,
  ],
  [
    "a broker that only Heroku has",
    { broker: { via: "heroku", plan: "lemur" } },
    /broker\.via: is 'heroku', an add-on of a Heroku app, but the API is on DigitalOcean; accepted: cloudamqp$/,
  ],
  [
    "followers of a cluster",
    { database: { followers: 1 } },
    /database\.followers: is stated, but the API is on/,
  ],
  [
    "a key of the other platform",
    { api: { team: "acme" } },
    /api\.team: is not a key that is known here; accepted: (?!.*buildpacks)via, app, .*generation/,
  ],
  [
    "a size of a dyno",
    { api: { size: "standard-1x" } },
    /api\.size: is "standard-1x"; accepted: one of s-1vcpu-/,
  ],
  [
    "a key that nobody may have",
    { api: { administrators: ["-----BEGIN OPENSSH PRIVATE KEY-----"] } },
    /api\.administrators\[0\]: is .*; accepted: a public SSH key on one line/,
  ],
  [
    "Heroku without its token",
    merge(UNSAID, { api: { via: "heroku", host: "www.release-train.example" } }),
    /release\.api\.token: is missing; accepted: the name of the secret that holds the Heroku API token/,
  ],
  [
    "dynos in a plan of a cluster",
    {
      api: { via: "heroku", size: null, alerts: null, host: "www.release-train.example" },
      release: { api: { token: "herokuToken" } },
    },
    /database\.plan: is 'db-s-1vcpu-2gb', which Heroku, where the API is, does not have; accepted: one of essential-0/,
  ],
];

for (const [what, differs, told] of MISMATCHES) {
  test(`${what} is told in one sentence, before anything is created`, () => {
    const sentences = refused(differs);
    assert.equal(sentences.length, 1, sentences.join("\n"));
    assert.match(sentences[0] ?? "", told);
  });
}
