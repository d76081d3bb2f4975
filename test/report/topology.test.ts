import assert from "node:assert/strict";
import { test } from "vitest";
import { type EnvironmentView, topologyOf, withRole } from "../../stagewright/report/model/topology";
import { resource, stackOf } from "./stacks";

test("what the engine made is shown with its plan, size and protection", () => {
  const { environments } = topologyOf("small", [stackOf("production", {})]);
  const [production] = environments;
  assert.deepEqual(
    production?.components.map(({ role, vendor, name, marks }) => ({
      role,
      vendor,
      name: name.value,
      marks,
    })),
    [
      { role: "api", vendor: "Heroku", name: "small", marks: ["protected"] },
      { role: "database", vendor: "Heroku Postgres", name: "small-database", marks: ["protected"] },
    ],
  );
  assert.deepEqual(facts(production, "api"), { web: "1 × basic", stack: "heroku-24", region: "us" });
  assert.deepEqual(facts(production, "database"), { plan: "essential-0", PostgreSQL: "16" });
});

test("the base comes last, and a difference is marked in both with the line that states it", () => {
  const staging = stackOf("staging", { name: "staging", database: { plan: "essential-1" } });
  const { environments } = topologyOf("small", [stackOf("production", {}), staging]);
  assert.deepEqual(
    environments.map(({ stack, stated }) => [stack, stated]),
    [
      ["staging", 2],
      ["production", 0],
    ],
  );
  for (const environment of environments) {
    const database = withRole(environment.components, "database");
    const marked = database?.facts.filter(({ differs }) => differs);
    assert.deepEqual(
      marked?.map(({ label, stated }) => [label, stated]),
      [["plan", ["Pulumi.staging.yaml:2"]]],
    );
    assert.equal(database?.name.differs, false);
  }
});

test("protection that one environment lacks is marked, though nothing else about the component differs", () => {
  const open = stackOf("staging", { data: { protected: false } });
  const { environments } = topologyOf("small", [open, stackOf("production", {})]);
  const databases = environments.map(({ components }) => withRole(components, "database"));
  assert.deepEqual(
    databases.map((database) => [database?.marks, database?.unevenMarks]),
    [
      [[], ["protected"]],
      [["protected"], ["protected"]],
    ],
  );
});

test("a component that only one environment has is no difference of its facts", () => {
  const without = stackOf("sandbox", { database: null });
  const { environments } = topologyOf("small", [without, stackOf("production", {})]);
  const [sandbox, production] = environments;
  assert.equal(withRole(sandbox?.components ?? [], "database"), undefined);
  const database = withRole(production?.components ?? [], "database");
  assert.equal(database?.missingElsewhere, true);
  assert.equal(
    database?.facts.some(({ differs }) => differs),
    false,
  );
});

test("a bucket is public where its policy lets everybody read, whatever the spec says", () => {
  const bucket = { name: "small-files", account: "own", access: "private", user: "small" };
  const accounts = { own: { id: "123456789012", region: "us-east-1" } };
  const shown = (principal: unknown) => {
    const policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: principal, Action: "s3:GetObject" }],
    });
    const stack = stackOf("production", { accounts, bucket }, [
      resource("aws:s3/bucket:Bucket", "bucket", { bucket: "small-files" }),
      resource("aws:s3/bucketPolicy:BucketPolicy", "bucket-policy", { policy }),
    ]);
    return withRole(topologyOf("small", [stack]).environments[0]?.components ?? [], "bucket")?.marks;
  };
  assert.deepEqual(shown("*"), ["public"]);
  assert.deepEqual(shown({ AWS: ["*"] }), ["public"]);
  assert.deepEqual(shown({ AWS: "arn:aws:iam::123456789012:user/small" }), []);
});

test("who reaches whom follows from what variables refer to", () => {
  const gui = {
    site: "small-gui",
    account: "example",
    repository: "example/small-gui",
    build: { command: "npm run build", publish: "dist" },
    variables: { API: reference("api.url") },
  };
  const { environments } = topologyOf("small", [
    stackOf("production", { gui, api: { variables: { CORS: reference("gui.url") } } }),
  ]);
  assert.deepEqual(environments[0]?.reach, [
    { from: "gui", to: "api" },
    { from: "api", to: "database" },
  ]);
});

test("what an environment follows is said in words, and that nothing is followed too", () => {
  const meanings = ["branch main", "tags v*", "nothing", "releases"].map((tracks) => {
    const stack = stackOf("production", { release: { api: { tracks } } });
    return topologyOf("small", [stack]).environments[0]?.sources[0]?.meaning;
  });
  assert.deepEqual(meanings, [
    "follows the branch main",
    "follows tags that match v*",
    "follows nothing: it is deployed by hand",
    "follows published releases",
  ]);
});

function facts(environment: EnvironmentView | undefined, role: "api" | "database") {
  const component = withRole(environment?.components ?? [], role);
  return Object.fromEntries(component?.facts.map(({ label, value }) => [label, value]) ?? []);
}

function reference(to: string): string {
  return `$\{${to}}`;
}
