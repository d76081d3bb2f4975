import assert from "node:assert/strict";
import path from "node:path";
import { test } from "vitest";
import { readProject, readStack } from "../../stagewright/project/project";
import { Rehearsal } from "../../stagewright/rehearsal/run";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { textsOf } from "../../stagewright/resources/texts";
import { reviewHtml } from "../../stagewright/review/print/html";
import { reviewJson } from "../../stagewright/review/print/json";
import { reviewMarkdown } from "../../stagewright/review/print/markdown";
import { reviewText } from "../../stagewright/review/print/text";
import { reviewOn } from "../../stagewright/review/review";
import type { Review } from "../../stagewright/review/summary/model";
import { scratch } from "../support/projects";
import { edited } from "./changes/prepared";
import { projectWith } from "./projects";

const TOKEN = "planted-plain-token-in-the-config";
const HELD = "planted-in-the-cloud";

test("no secret of the config, of the base's state or of the cloud is in any format", async () => {
  const planted = (text: string) => text.replace("config:", `config:\n  dandi:herokuDeployToken: ${TOKEN}`);
  const text = { "Pulumi.production.yaml": planted };
  const before = readProject(projectWith(edited({ text })));
  const cloud = path.join(scratch(), "cloud.db");
  const rehearsal = new Rehearsal(before, { cloud });
  const { ok, errors } = await rehearsal.run(readStack(before, "production"), "up");
  assert.ok(ok, errors.join("\n"));
  const { deployment } = await rehearsal.exportStack(readStack(before, "production"));
  const secrets = textsOf(deployment.resources ?? []).filter(
    ({ secret, value }) => secret && value.length > 7,
  );
  assert.ok(secrets.length > 5, "the state holds secrets");
  plantInCloud(cloud);

  // Everything that holds a secret changes in some way.
  const head = readProject(
    projectWith(
      edited({
        text,
        environment: {
          api: {
            app: "dandi-api-two",
            variables: {
              DJANGO_SECRET_KEY: "${generated.other}",
              TOKEN: "${secret.herokuDeployToken}",
              AWS_SECRET_ACCESS_KEY: null,
            },
          },
          bucket: { user: "dandi-api-two" },
        },
        production: { data: { protected: false } },
      }),
    ),
  );
  const stack = await reviewOn({
    head,
    before,
    stack: "production",
    cloud,
    rehearsed: { ok: true, errors: [] },
    onProgress: () => {},
  });
  assert.ok(
    stack.changes.some(({ values }) => values.some(({ secret }) => secret)),
    "secrets change",
  );
  const review: Review = {
    system: "dandi",
    base: { commit: "0", called: "the base" },
    packages: { named: [], others: 0 },
    stacks: [stack],
  };
  for (const written of [
    reviewText(review, true),
    reviewMarkdown(review),
    reviewHtml(review),
    reviewJson(review),
  ]) {
    for (const { value, resource, path: at } of secrets)
      assert.ok(!written.includes(value), `${resource} ${at}`);
    for (const value of [TOKEN, HELD]) assert.ok(!written.includes(value), value);
    assert.doesNotMatch(written, /rehearsal-[0-9a-f]{24}|ciphertext|plaintext/);
  }
});

// In what a vendor holds of the app's secrets.
function plantInCloud(cloud: string): void {
  const store = new CloudStore(cloud);
  try {
    const app = store.all().find(({ type }) => type === "heroku:app/app:App");
    assert.ok(app);
    store.put({
      ...app,
      properties: { ...app.properties, sensitiveConfigVars: { DJANGO_SECRET_KEY: HELD } },
    });
  } finally {
    store.close();
  }
}
