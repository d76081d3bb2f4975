import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { test } from "vitest";
import { identityOf } from "../../../stagewright/rehearsal/existing/identities";
import { existingText } from "../../../stagewright/rehearsal/existing/words";
import { CloudStore } from "../../../stagewright/rehearsal/store";
import { Stage } from "../../support/rehearsed";
import { allSystems } from "../../support/systems";

// With the state thrown away and the cloud kept, everything that a vendor holds is found again,
// whatever its type.

/** What a preview cannot find, by type: each with the reason. */
const NOT_FOUND: Readonly<Record<string, string>> = {
  "netlify:index/deployKey:DeployKey": "has neither a name nor an owner",
  "github:index/repositoryDeployKey:RepositoryDeployKey":
    "is known by its key, which is drawn anew with the state",
  "digitalocean:index/sshKey:SshKey": "is known by its key, which is drawn anew with the state",
  "heroku:slug/slug:Slug": "is known by what is in it and by its app's id",
  "heroku:app/release:Release": "is known by its slug",
};

const seen = new Set<string>();

for (const project of allSystems()) {
  test(`${project.name}: each thing of each stack is found again without its state, by the type's rule`, async () => {
    const stage = new Stage(project.dir);
    for (const stack of project.stacks) await stage.done(stack, "up");
    const inCloud = () => {
      const store = new CloudStore(stage.cloud);
      try {
        return store.all();
      } finally {
        store.close();
      }
    };
    const before = inCloud();
    const { state } = stage.rehearsal();
    for (const stack of project.stacks) {
      const held = state
        .resources(project.name, stack)
        .filter(({ custom, type }) => custom && identityOf(type));
      const checkpoint = state.checkpoint(project.name, stack);
      renameSync(checkpoint, `${checkpoint}.kept`);
      const refused = await stage.run(stack, "up");
      renameSync(`${checkpoint}.kept`, checkpoint);
      assert.equal(refused.ok, false, stack);
      assert.match(refused.errors.join("\n"), /exist already and that no state manages/);
      const found = new Map(refused.existing.map((one) => [one.urn, one]));
      for (const { urn, type, id } of held) {
        seen.add(type);
        if (identityOf(type)?.unique === "nowhere" || type in NOT_FOUND) {
          assert.ok(!found.has(urn), urn);
          continue;
        }
        assert.equal(found.get(urn)?.id, id, `${urn} is not found`);
        assert.equal(found.get(urn)?.manager, undefined, urn);
      }
      assert.deepEqual(existingText(stack, refused.existing).slice(-1), [
        `\`stagewright recover --stack ${stack}\` takes them under management.`,
      ]);
    }
    assert.deepEqual(inCloud(), before, "nothing was made, changed or deleted");
  });
}

test("what cannot be found is of types that the systems have", () => {
  for (const [type, reason] of Object.entries(NOT_FOUND)) assert.ok(seen.has(type), `${type} ${reason}`);
});
