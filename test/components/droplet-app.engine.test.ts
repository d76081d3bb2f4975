import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";
import { parse } from "yaml";
import type { Tree } from "../../stagewright/environment/merge";
import type { EngineEvent } from "../../stagewright/rehearsal/events";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { edit, systemCopy } from "../support/projects";
import { Stage } from "../support/rehearsed";

/** A stack of release-train in a folder and a cloud of its own. */
function train(stack: "dev" | "production") {
  const dir = systemCopy("release-train");
  return {
    stage: new Stage(dir),
    /** What the stack's API states differently from then on. */
    state(api: Tree): void {
      edit(dir, `Pulumi.${stack}.yaml`, (tree) => {
        const config = tree.config as Record<string, { api?: Tree }>;
        const differs = config["release-train:differs"] ?? {};
        config["release-train:differs"] = { ...differs, api: { ...differs.api, ...api } };
      });
    },
  };
}

/**
 * The droplets of the cloud with the address that leads to each, beside what somebody set up there.
 */
function droplets(stage: Stage) {
  const cloud = new CloudStore(stage.cloud);
  try {
    const assigned = cloud.list("digitalocean:index/reservedIpAssignment:ReservedIpAssignment");
    return cloud.list("digitalocean:index/droplet:Droplet").map(({ id, properties }) => ({
      id,
      size: properties.size,
      address: assigned.find((each) => String(each.properties.dropletId) === id)?.properties.ipAddress,
      userData: String(properties.userData),
    }));
  } finally {
    cloud.close();
  }
}

const touched = (events: readonly EngineEvent[]) =>
  events.flatMap(({ resourcePreEvent }) => {
    const { op, urn } = resourcePreEvent?.metadata ?? {};
    const name = `${urn?.split("::")[2]?.split(":").at(-1)} ${urn?.split("::").at(-1)}`;
    return op === undefined || op === "same" || op === "refresh" ? [] : [`${op} ${name}`];
  });

test("a change of what only the set-up reads leaves the droplet alone; another generation replaces it, with all of it", async () => {
  const { stage, state } = train("dev");
  await stage.done("dev", "up");
  const [before] = droplets(stage);
  assert.ok(before?.address);
  assert.ok(!before.userData.includes("libpq-dev"));

  state({ packages: ["libpq-dev"] });
  const unmoved = await stage.run("dev", "preview");
  assert.deepEqual(touched(unmoved.events), []);

  state({ generation: 2 });
  const replaced = await stage.run("dev", "up");
  assert.deepEqual(replaced.errors, []);
  const [after, ...others] = droplets(stage);
  assert.deepEqual(others, []);
  assert.notEqual(after?.id, before.id);
  assert.equal(after?.address, before.address, "the address is another droplet's now");
  const { write_files } = parse(after?.userData ?? "") as { write_files: { content: string }[] };
  const files = write_files.map(({ content }) => gunzipSync(Buffer.from(content, "base64")).toString());
  assert.ok(files.join().includes("libpq-dev"), "set up as the spec says by now");
  for (const operation of ["refresh", "up"] as const)
    assert.deepEqual(Object.keys(await stage.done("dev", operation)), ["same"], operation);
});

test("a new size is no new droplet", async () => {
  const { stage, state } = train("dev");
  await stage.done("dev", "up");
  const [before] = droplets(stage);
  state({ size: "s-2vcpu-2gb" });
  const { errors, events } = await stage.run("dev", "up");
  assert.deepEqual(errors, []);
  assert.deepEqual(touched(events), ["update Droplet api"]);
  assert.deepEqual(droplets(stage), [{ ...before, size: "s-2vcpu-2gb" }]);
});

test("production's droplet is replaced by nobody who has not unprotected it, and no destroy takes anything that it needs", async () => {
  const { stage, state } = train("production");
  await stage.done("production", "up");
  const before = everything(stage);
  state({ generation: 2 });
  const replaced = await stage.run("production", "up");
  assert.match(
    replaced.errors.join("\n"),
    /unable to replace resource .*droplet:Droplet::api"\nas it is currently marked for protection/,
  );
  assert.deepEqual(everything(stage), before);
  state({ generation: 1 });
  assert.equal((await stage.run("production", "destroy")).ok, false);
  assert.deepEqual(everything(stage), before);
});

function everything(stage: Stage): string[] {
  const cloud = new CloudStore(stage.cloud);
  try {
    return cloud.all().map(({ type, id }) => `${type} ${id}`);
  } finally {
    cloud.close();
  }
}
