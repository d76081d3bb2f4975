import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { findEngine } from "../../stagewright/engine/find";
import { readProject, readStack } from "../../stagewright/project/project";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { seed } from "../../stagewright/rehearsal/seed";
import { accountsOf, plainCli } from "../support/plain-cli";
import { ROOT, scratch } from "../support/projects";
import { Repository } from "./repository";

// "Live" is the plain CLI with a state and vendors of its own; the vendors' place is taken by a
// second rehearsal cloud.

test("--live says where the vendors' truth is another one than the rehearsal's", async () => {
  const repository = new Repository();
  const state = scratch();
  const cloud = await openCloud(path.join(state, "live.db"));
  const cli = await plainCli(repository.dir, state, "staging", cloud);
  const pulumi = async (...args: string[]) => {
    const { status, output } = await cli(...args);
    assert.equal(status, 0, output);
  };
  process.chdir(repository.dir); // where a provider works
  try {
    seed(cloud.store, readStack(readProject(ROOT), "staging").spec);
    await pulumi("stack", "init", "--no-select");
    await pulumi("config", "set", "--secret", "herokuDeployToken", "s3cr3t-t0ken");
    const env = { ...repository.env, ...(await findEngine()).env, ...accountsOf(state, cloud) };
    const empty = await repository.review(["--stack", "staging", "--live"], env);
    assert.match(
      empty.stdout,
      /Live\n +! The state knows nothing of staging: it was never deployed, or the state is lost\./,
    );
    await pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    repository.commit(); // with the encrypted token

    // What was never deployed: live, it comes on top of what the pull request changes.
    repository.git("checkout", "--quiet", "--detach");
    const yaml = (text: string) => repository.write("Pulumi.yaml", text);
    const deployed = repository.git("show", "HEAD:Pulumi.yaml");
    const committed = deployed.replace("command: yarn run build", "command: yarn run build:new");
    yaml(committed);
    repository.commit();
    yaml(
      committed.replace("web: { size: standard-2x, quantity: 3 }", "web: { size: standard-2x, quantity: 4 }"),
    );
    const { status, stdout, stderr } = await repository.review(
      ["--stack", "staging", "--base", "HEAD", "--live"],
      env,
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Updates 1 resource\.\n/);
    assert.match(
      stdout,
      /Live\n +! gui: the live preview would update it \(.*\), the rehearsal leave it as it is\.\n +- The live preview says the same of \d\d resources\./,
    );
    assert.ok(!stdout.includes("s3cr3t-t0ken"));
  } finally {
    process.chdir(ROOT);
    cloud.close();
  }
});
