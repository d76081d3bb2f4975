import assert from "node:assert/strict";
import { Config } from "@pulumi/pulumi";
import { test } from "vitest";
import type { Tree } from "../../stagewright/environment/merge";
import { resolveSpec } from "../../stagewright/project/validate";
import { dandiCopy, edit, editBase } from "../support/projects";
import { Stage } from "../support/rehearsed";

test("the engine's program gets what was validated, however it is written and in whatever order", async () => {
  const dir = dandiCopy();
  const odd = { DAY: "2001-01-01", CODE: "0777", LONG: "1_000", WORD: "yes", TIME: "12:30", BITS: "0b11" };
  editBase(dir, (environment) => {
    const api = environment.api as Tree;
    api.variables = { ...(api.variables as Tree), ...odd };
  });
  edit(dir, "Pulumi.staging.yaml", ({ config }) => {
    const stated = config as Record<string, Tree>;
    const differs = stated["dandi:differs"] as { api: Tree };
    const api = { ...differs.api, variables: { ...(differs.api.variables as Tree), ...odd } };
    stated["dandi:differs"] = Object.fromEntries(Object.entries({ ...differs, api }).reverse());
  });
  const stage = new Stage(dir);
  let got: unknown;
  const program = () => {
    const config = new Config();
    const [base, differs] = [config.requireObject("environment"), config.requireObject("differs")];
    got = resolveSpec(base, differs, { project: "dandi", stack: "staging" });
  };
  const { ok, errors } = await stage.run("staging", "preview", { program });
  assert.ok(ok, errors.join("\n"));
  const { spec } = stage.files("staging");
  assert.deepEqual(got, spec);
  for (const [name, value] of Object.entries(odd)) assert.equal(spec.api?.variables[name], value);
});
