import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { environmentProgram } from "../../components/program";
import { Environments } from "../../stagewright/ephemeral/environments";
import { RealStacks } from "../../stagewright/ephemeral/stacks/real";
import { readStack } from "../../stagewright/project/project";
import { openCloud } from "../../stagewright/rehearsal/cloud";
import { loopback } from "../release/deploys/loopback";
import { scratch } from "../support/projects";
import { Mini, request } from "./mini";

const KEY = "awskms://key?region=us-east-2";

/**
 * KMS: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html. What it encrypts is
 *   the text with a word before it.
 */
function kms() {
  return loopback(({ headers, body }) => {
    const { Plaintext, CiphertextBlob } = JSON.parse(body.toString()) as Record<string, string>;
    return {
      status: 200,
      body:
        headers["x-amz-target"] === "TrentService.Encrypt"
          ? { KeyId: "key", CiphertextBlob: Buffer.from(`sealed ${Plaintext}`).toString("base64") }
          : {
              KeyId: "key",
              Plaintext: Buffer.from(CiphertextBlob ?? "", "base64")
                .toString()
                .slice(7),
            },
    };
  });
}

test("an environment like a stack whose secrets a KMS key encrypts needs no passphrase, from its creation to its end", async () => {
  const dir = scratch();
  const mini = new Mini(dir);
  appendFileSync(path.join(dir, "system/Pulumi.staging.yaml"), `secretsprovider: ${KEY}\n`);
  const like = readStack(mini.project, "staging");
  const vendor = await kms();
  const { attach, close } = await openCloud(mini.cloud);
  const backend = path.join(dir, "backend");
  mkdirSync(backend);
  delete process.env.PULUMI_CONFIG_PASSPHRASE;
  Object.assign(process.env, {
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_HOME: path.join(dir, "home"),
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: attach,
    AWS_ENDPOINT_URL_KMS: vendor.address,
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  try {
    const environments = new Environments({
      stacks: new RealStacks(mini.project, () => {}),
      program: environmentProgram,
      user: "anton",
      now: () => mini.now,
    });
    const creation = { request: request("pr-1"), like };
    assert.equal((await environments.create(mini.project, creation)).state, "ready");
    const state = readFileSync(path.join(backend, ".pulumi/stacks/mini/eph-pr-1.json"), "utf8");
    assert.ok(state.includes(`"url":"${KEY}"`), state.slice(0, 400));
    await environments.create(mini.project, { ...creation, update: true });
    assert.equal((await environments.extend("pr-1", "5d")).ttl, "120h");
    assert.equal(await environments.destroy("pr-1"), true);
    assert.deepEqual(await environments.list(), []);
  } finally {
    close();
    await vendor.close();
  }
});
