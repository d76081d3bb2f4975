import assert from "node:assert/strict";
import { test } from "vitest";
import { Conditions, isOfKnownType, parseFailure } from "../../stagewright/rehearsal/conditions";

test("a failure is read with the colons of its type and of its error", () => {
  assert.deepEqual(parseFailure("heroku:app/app:App:create:2:503: try again"), {
    type: "heroku:app/app:App",
    operation: "create",
    nth: 2,
    error: "503: try again",
  });
  assert.equal(parseFailure("*:read:1")?.error, "503 Service Unavailable");
});

test("what is not of the form TYPE:OPERATION:NTH[:ERROR] is no failure", () => {
  for (const text of ["", "App", "App:create", "App:create:0", "App:make:1", "App:create:x", ":create:1"]) {
    assert.equal(parseFailure(text), undefined, text);
  }
});

test("a failure names a resource type that there is, its last part, or any", () => {
  const isKnown = (type: string) => isOfKnownType({ type, operation: "create", nth: 1, error: "" });
  for (const type of ["heroku:app/app:App", "Formation", "*"]) assert.ok(isKnown(type), type);
  for (const type of ["heroku:app/app:Ap", "formation", "netlify:index:Site"])
    assert.ok(!isKnown(type), type);
});

test("the nth operation that matches fails, by token, last part or any", async () => {
  for (const type of ["heroku:app/app:App", "App", "*"]) {
    const conditions = new Conditions({ failures: [{ type, operation: "create", nth: 2, error: "no" }] });
    const create = () => conditions.during({ type: "heroku:app/app:App", operation: "create" }, () => "made");
    assert.equal(await create(), "made");
    await conditions.during({ type: "heroku:app/app:App", operation: "update" }, () => "changed");
    await assert.rejects(create(), {
      name: "ProviderError",
      message: "no (injected failure of heroku:app/app:App create)",
    });
    assert.equal(await create(), "made");
  }
});

test("a lost answer and a crash come after the deed, a refusal before it", async () => {
  const deeds: string[] = [];
  let crashed = false;
  const conditions = new Conditions({
    crash: () => {
      crashed = true;
    },
    failures: [
      { type: "A", operation: "create", nth: 1, error: "lost" },
      { type: "B", operation: "create", nth: 1, error: "crash" },
      { type: "C", operation: "create", nth: 1, error: "refused" },
    ],
  });
  const create = (type: string) =>
    conditions.during({ type: `v:m:${type}`, operation: "create" }, () => void deeds.push(type));
  await assert.rejects(create("A"), /answer was lost/);
  void create("B");
  await new Promise(setImmediate);
  await assert.rejects(create("C"), /refused/);
  assert.deepEqual({ deeds, crashed }, { deeds: ["A", "B"], crashed: true });
});
