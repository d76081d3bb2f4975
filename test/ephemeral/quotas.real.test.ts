import assert from "node:assert/strict";
import { test } from "vitest";
import { ConfigError } from "../../stagewright/environment/problems";
import { type QuotasSpec, quotas } from "../../stagewright/environment/schema/quotas";
import {
  couldExceed,
  more,
  refuseQuotas,
  type Things,
  thingsOfResources,
  thingsOfSpec,
} from "../../stagewright/ephemeral/quotas";
import type { Request } from "../../stagewright/ephemeral/request";
import { resolve } from "../../stagewright/ephemeral/resolve";
import { Renderer, simulationOf } from "../../stagewright/parity/render/renderer";
import { type Project, readProject, readStack, type StackFiles } from "../../stagewright/project/project";
import { ROOT } from "../support/projects";
import { allSystems } from "../support/systems";
import { request } from "./mini";

const REQUESTS: Request[] = [
  request("pr-1"),
  request("pr-2", { database: "shared", broker: "shared", bucket: "shared" }),
  request("pr-3", { broker: "none", bucket: "none", set: { gui: null, errors: null } }),
];

/** Quotas of one size. */
function everything(most: number): QuotasSpec {
  const all = Object.keys(quotas.shape).map((quota) => [quota, most]);
  return quotas.parse(Object.fromEntries(all));
}

const none = thingsOfResources([]);
const apps = (...herokuApps: string[]): Things => ({ ...none, herokuApps });
const OWN = "the Heroku account of the token";

/**
 * An ephemeral environment as a stack's files would state it; `undefined` where the stack has
 * nothing to share.
 */
function ephemeralLike(project: Project, like: StackFiles, asked: Request): StackFiles | undefined {
  try {
    const { spec, environment, differs } = resolve(project, like, asked);
    const config = { [`${project.name}:environment`]: environment, [`${project.name}:differs`]: differs };
    return { ...like, stack: spec.name, spec, differs, settings: { config } };
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

for (const project of allSystems()) {
  test(`${project.name}: what is declared takes up of each quota what is made of it`, async () => {
    const renderer = new Renderer(project);
    let compared = 0;
    try {
      for (const stack of project.stacks) {
        const like = readStack(project, stack);
        for (const files of [like, ...REQUESTS.map((asked) => ephemeralLike(project, like, asked))]) {
          if (!files) continue;
          const { resources } = await renderer.simulate(simulationOf(project, files));
          const declared = thingsOfSpec(files.spec);
          assert.deepEqual(thingsOfResources(resources), declared, `${files.stack} like ${stack}`);
          for (const accounts of Object.values(declared))
            assert.ok(accounts.every((name) => !/undefined/.test(name)));
          for (const [quota, { length }] of Object.entries(declared))
            assert.ok(
              couldExceed({ ...none, [quota]: [""] }, 1, everything(length)),
              `${stack}: ${length} ${quota}`,
            );
          compared++;
        }
      }
      assert.ok(compared >= project.stacks.length * 2, String(compared));
    } finally {
      renderer.close();
    }
  });
}

test("dandi's production makes its buckets in its sponsor's account, and its app in its team", () => {
  const { spec } = readStack(readProject(ROOT), "production");
  const { herokuApps, buckets, iamUsers, droplets } = thingsOfSpec(spec);
  const sponsored = `the AWS account ${spec.accounts.sponsored?.id}`;
  assert.deepEqual(
    { herokuApps, buckets, iamUsers, droplets },
    {
      herokuApps: ["Heroku's team dandi"],
      buckets: [sponsored, sponsored],
      iamUsers: [sponsored],
      droplets: [],
    },
  );
});

test("a quota is refused where it is used up: with its name, its number and who uses it", () => {
  const all = new Map([
    ["eph-pr-1", apps(OWN)],
    ["production", apps(OWN)],
    ["staging", { ...apps(OWN, OWN), droplets: ["the DigitalOcean team of the token"] }],
  ]);
  const refuse = (stack: string, needed: Things, herokuApps: number) =>
    refuseQuotas(stack, needed, all, quotas.parse({ herokuApps }));
  refuse("eph-pr-2", apps(OWN), 5);
  assert.throws(() => refuse("eph-pr-2", apps(OWN), 4), {
    name: "Refusal",
    message:
      "it needs 1 more app in the Heroku account of the token, and 4 of the 4 that ephemeral.quotas.herokuApps allows are in use by eph-pr-1, production, staging 2; destroy an ephemeral environment first, or have the vendor grant more and state that number",
  });
  // Each account has a quota of its own.
  refuse("eph-pr-2", apps("Heroku's team acme"), 1);
  // What is there stays there, whatever was stated since; only more is refused.
  refuse("eph-pr-1", apps(OWN), 1);
  assert.throws(() => refuse("eph-pr-1", apps(OWN, OWN, OWN), 5), /^Refusal: it needs 2 more apps in /);
});

test("a refusal names a few of many", () => {
  const all = new Map(Array.from({ length: 100 }, (_, at) => [`eph-pr-${at + 100}`, apps(OWN)]));
  assert.throws(
    () => refuseQuotas("eph-x", apps(OWN), all, quotas.parse({})),
    /100 of the 100 that ephemeral\.quotas\.herokuApps allows are in use by (eph-pr-\d+, ){7}eph-pr-\d+ and 92 other stacks; /,
  );
});

test("nobody's state is read as long as so many stacks cannot have used a quota up", () => {
  const defaults = quotas.parse({});
  assert.equal(couldExceed(apps(OWN), 99, defaults), false);
  assert.equal(couldExceed(apps(OWN), 100, defaults), true);
  assert.equal(couldExceed(none, 1_000_000, everything(0)), false);
  assert.equal(couldExceed({ ...none, netlifySites: ["Netlify's team acme"] }, 1_000_000, defaults), false);
});

test("what is on its way counts like what is there", () => {
  const being = { ...apps(OWN), buckets: ["the AWS account 1", "the AWS account 1"] };
  assert.deepEqual(more(none, being), being);
  assert.deepEqual(more(being, none), being);
});
