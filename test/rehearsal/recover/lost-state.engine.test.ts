import assert from "node:assert/strict";
import { test } from "vitest";
import { RecoverRefused, recover } from "../../../stagewright/rehearsal/recover/recover";
import { history, loseState } from "../../support/lost";
import { edit, systemCopy } from "../../support/projects";
import { Stage } from "../../support/rehearsed";

const only = (changes: Record<string, number>) => Object.keys(changes).sort().join();

test("a lost state is recovered with all that the program says, and the cloud stays as it is", async () => {
  const stage = new Stage();
  await stage.done("production", "up");
  const before = await stage.resources("production");
  const past = history(stage);
  loseState(stage);

  await recover(stage.rehearsal(), stage.files("production"));
  const after = await stage.resources("production");
  const options = ({ all }: typeof before) =>
    Object.fromEntries(
      all.map(
        ({
          urn,
          id,
          protect,
          retainOnDelete,
          parent,
          provider,
          aliases,
          dependencies,
          propertyDependencies,
        }) => [
          urn,
          // The engine numbers each making of a provider, and what is drawn has the id of its
          // drawing.
          {
            id: /pulumi:providers|random:/.test(urn) ? "" : id,
            ...{ protect, retainOnDelete, parent, aliases },
            dependencies: sorted(dependencies),
            propertyDependencies: stated(propertyDependencies),
            provider: provider?.slice(0, provider.lastIndexOf("::")),
          },
        ],
      ),
    );
  assert.deepEqual(options(after), options(before));
  const secretKey = "random:index/randomPassword:RandomPassword";
  assert.equal(after.one(secretKey).outputs.result, before.one(secretKey).outputs.result, "sessions go on");
  const key = "aws:iam/accessKey:AccessKey";
  assert.equal(after.one(key).outputs.secret, before.one(key).outputs.secret, "the app's key is the same");

  assert.equal(only(await stage.done("production", "preview")), "same,update");
  await stage.done("production", "up");
  assert.equal(only(await stage.done("production", "up")), "same");
  assert.deepEqual(history(stage), past, "nothing was made or deleted");
});

// They come in the order in which the program was done with them.
function sorted(urns: unknown): string[] {
  return [...((urns ?? []) as string[])].sort();
}

// A refresh leaves out what depends on nothing.
function stated(dependencies: unknown): unknown {
  return Object.entries((dependencies ?? {}) as Record<string, string[]>)
    .filter(([, urns]) => urns.length > 0)
    .map(([property, urns]) => [property, sorted(urns)])
    .sort();
}

test("a program that declares something else than there is gets a refusal, and the state stays as it was", async () => {
  const dir = systemCopy("upendo");
  const stage = new Stage(dir);
  await stage.done("production", "up");
  const past = history(stage);
  loseState(stage);
  edit(dir, "Pulumi.production.yaml", (tree) => {
    const { "upendo:differs": differs } = tree.config as Record<string, { api: Record<string, unknown> }>;
    if (differs) differs.api = { ...differs.api, region: "eu" };
  });
  const moved = new Stage(dir, stage.cloud);
  const error = await recover(moved.rehearsal(), moved.files("production")).catch(
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RecoverRefused);
  assert.match(error.message, /Nothing was recorded/);
  assert.match(error.message, /replace api \(heroku:app\/app:App .*because of region/);
  assert.deepEqual((await moved.resources("production")).all, []);
  assert.deepEqual(history(moved), past, "nothing was made or deleted");
});
