import assert from "node:assert/strict";
import { test } from "vitest";
import { budgetChecks } from "../../stagewright/cost/budget";
import { type Cost, costOf, costOfSpec } from "../../stagewright/cost/cost";
import { merge, type Tree } from "../../stagewright/environment/merge";
import { ConfigError } from "../../stagewright/environment/problems";
import { requiredSecrets } from "../../stagewright/environment/references";
import { type EnvironmentSpec, environment } from "../../stagewright/environment/schema/environment";
import { Renderer, settingOf } from "../../stagewright/parity/render/renderer";
import { readProject, readStack } from "../../stagewright/project/project";
import type { Graph, ResourceState } from "../../stagewright/resources/graph";
import { resourceType } from "../../stagewright/resources/types";
import { dandiCopy, setDiffers } from "../support/projects";
import { allSystems } from "../support/systems";

/** An environment of the smallest kind, with more of it. */
function spec(more: Tree = {}): EnvironmentSpec {
  const least = {
    name: "test",
    data: { protected: false },
    api: { via: "heroku", app: "some-app", repository: "acme/app", processes: { web: { size: "basic" } } },
  };
  return environment.parse(merge(least, more));
}

const said = ({ lines }: Cost) => lines.map(({ name, plan, usd }) => `${name} ${plan} ${usd}`);

for (const project of allSystems()) {
  test(`${project.name}: what is declared costs what is made of it`, async () => {
    const renderer = new Renderer(project);
    try {
      for (const stack of project.stacks) {
        const files = readStack(project, stack);
        const setting = settingOf(project, files, files.differs, requiredSecrets(files.spec));
        const made = costOf(statesOf(await renderer.render(setting)));
        const declared = costOfSpec(files.spec);
        assert.equal(made.total, declared.total, `${stack}: ${said(made).join()} | ${said(declared).join()}`);
        assert.deepEqual(tally(made), tally(declared), stack);
        assert.deepEqual(made.unknown, []);
        assert.ok(declared.total > 0, stack);
      }
    } finally {
      renderer.close();
    }
  });
}

// A rendered resource as a deployment would hold it.
function statesOf(graph: Graph): ResourceState[] {
  return [...graph.values()].map(({ key, type, inputs }) => ({
    urn: `urn:pulumi:test::${key}`,
    type,
    custom: !type.startsWith("stagewright:"),
    inputs,
  }));
}

const tally = ({ lines }: Cost) => lines.map(({ type, plan, usd }) => `${type} ${plan} ${usd}`).sort();

test("dynos are counted each, a stopped process type costs nothing", () => {
  const processes = {
    web: { size: "standard-2x", quantity: 3 },
    worker: { size: "standard-1x" },
    clock: { size: "standard-1x", quantity: 0 },
  };
  const cost = costOfSpec(spec({ api: { processes }, database: { plan: "premium-0", followers: 2 } }));
  assert.deepEqual(said(cost).slice(0, -1), [
    "database.followers premium-0 × 2 400",
    "database premium-0 200",
    "api.processes.web standard-2x × 3 150",
    "api.processes.worker standard-1x 25",
  ]);
  assert.equal(cost.total, 775);
});

test("eco dynos cost their subscription once, however many there are", () => {
  const processes = { web: { size: "eco" }, worker: { size: "eco" } };
  const cost = costOfSpec(spec({ api: { processes } }));
  assert.equal(cost.total, 5);
  assert.match(said(cost)[0] ?? "", /^api\.processes\.web eco, once an account 5$/);
});

test("a droplet of protected data is backed up for a fifth of its price more", () => {
  const droplet = (more: Tree) =>
    costOfSpec(
      environment.parse({
        name: "test",
        data: { protected: true },
        api: {
          via: "digitalocean",
          app: "some-app",
          host: "api.example.org",
          repository: "acme/app",
          processes: { web: {} },
          ...more,
        },
      }),
    ).total;
  assert.equal(droplet({ size: "s-2vcpu-4gb" }), 28.8);
  assert.equal(droplet({ size: "s-2vcpu-4gb", backups: false }), 24);
});

test("what is charged by use, and a type that no list knows, are told and not counted as nothing", () => {
  const state = (type: string, inputs: Tree = {}): ResourceState => ({
    urn: `urn:pulumi:s::p::${type}::thing`,
    type: resourceType(type),
    custom: true,
    inputs,
  });
  const cost = costOf([
    state("aws:s3/bucket:Bucket"),
    state("heroku:space/space:Space"),
    state("heroku:addon/addon:Addon", { plan: "papertrail:choklad" }),
    state("heroku:addon/addon:Addon", { plan: "cloudamqp:panda" }),
    state("heroku:addon/addon:Addon", { plan: "heroku-postgresql:private-0" }),
    { ...state("heroku:formation/formation:Formation", { size: "basic", quantity: 1 }), external: true },
  ]);
  assert.equal(cost.total, 0);
  assert.deepEqual(cost.unpriced, [
    "thing: storage, requests and traffic are charged by use",
    "thing: no price is known of CloudAMQP add-on panda",
    "thing: no price is known of Heroku Postgres private-0",
    "thing: no price is known of heroku:space/space:Space",
    "thing: no price is known of heroku:addon/addon:Addon",
  ]);
  assert.equal(cost.unknown.length, 4);
});

test("a budget holds to the cent, and says by what it is exceeded", () => {
  const database = { plan: "essential-0" };
  assert.deepEqual(budgetChecks(spec({ database, budget: { monthly: 12 } })), []);
  const [exceeded, ...others] = budgetChecks(spec({ database, budget: { monthly: 11.99 } }));
  assert.equal(others.length, 0);
  assert.deepEqual(exceeded, {
    path: ["budget", "monthly"],
    says: "is 11.99, but this environment costs $12.00 a month (api.processes.web basic $7.00, database essential-0 $5.00); accepted: smaller plans, or a budget of at least $12.00",
  });
});

test("a budget cannot be kept with a plan whose price nobody knows", () => {
  const broker = { via: "cloudamqp", name: "b", region: "amazon-web-services::us-east-1", plan: "lion-3" };
  const [refused] = budgetChecks(spec({ broker, budget: { monthly: 100_000 } }));
  assert.match(
    refused?.says ?? "",
    /nobody can say whether it holds \(broker: no price is known of CloudAMQP instance lion-3\)/,
  );
});

test("a stack above its budget is refused with file, line, key and the largest lines before anything is created", () => {
  const dir = dandiCopy();
  setDiffers(dir, "production", { budget: { monthly: 300 } });
  assert.throws(
    () => readStack(readProject(dir), "production"),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(
        error.message,
        /^Pulumi\.production\.yaml:\d+: dandi:differs\.budget\.monthly: is 300, but this environment costs \$350\.00 a month \(api\.processes\.web standard-2x × 3 \$150\.00, .*, 2 more\)/,
      );
      return true;
    },
  );
});
