import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { findings } from "../../stagewright/policy/findings";
import { circumstancesOf } from "../../stagewright/policy/stack";
import type { ResourceState } from "../../stagewright/resources/graph";
import { resourcesAfter } from "../../stagewright/review/change/resources";
import { dandiCopy, ROOT } from "../support/projects";
import { Stage } from "../support/rehearsed";

// A rule that follows a reference finds the same by a preview of what is new, by one of what
// stands, by an up and by the state.

test("a domain without a certificate is found wherever the policy looks", async () => {
  const dir = dandiCopy();
  const [program, sdk] = ["components/program", "node_modules/@pulumi/pulumi"].map((part) =>
    JSON.stringify(path.join(ROOT, part)),
  );
  writeFileSync(
    path.join(dir, "index.ts"),
    `const pulumi = require(${sdk});
     export = () => {
       pulumi.runtime.registerStackTransformation(({ type, props, opts }: any) =>
         type === "heroku:app/app:App" ? { props: { ...props, acm: false }, opts } : undefined);
       return require(${program}).environmentProgram();
     };`,
  );
  const stage = new Stage(dir);
  const files = stage.files("staging");
  const found = (resources: readonly ResourceState[]) =>
    findings(resources, circumstancesOf(stage.project, files, "2026-11-25"))
      .map(({ name, resource }) => `${name} ${resource?.name}`)
      .sort();
  for (const operation of ["preview", "up", "preview"] as const) {
    const { ok, errors, events, references } = await stage.run("staging", operation);
    assert.ok(ok, errors.join("\n"));
    assert.deepEqual(found(resourcesAfter(events, references)), ["host-tls api"], operation);
  }
  const { deployment } = await stage.rehearsal().exportStack(files);
  assert.deepEqual(found(deployment.resources as ResourceState[]), ["host-tls api"]);
});
