import assert from "node:assert/strict";
import { test } from "vitest";
import type { Properties } from "../../providers/protocol/provider";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { digitalocean } from "../../stagewright/rehearsal/vendors/digitalocean";
import { github, seedRepository } from "../../stagewright/rehearsal/vendors/github";
import { heroku } from "../../stagewright/rehearsal/vendors/heroku";
import { resourceType } from "../../stagewright/resources/types";
import { play } from "./vendor-play";

const CONFIG = { region: "us-east-2", owner: "acme" };

test("what the vendor fills in stays where the program no longer states it, for every type", async () => {
  for (const vendor of vendors) {
    const { diff } = await play(vendor, { config: CONFIG });
    for (const [type, { facts, schema = {} }] of Object.entries(vendor.kinds)) {
      const named: readonly string[] = facts.optional.filter((input) => input === (schema.drawn ?? "name"));
      for (const input of [...(schema.keeps ?? []), ...named]) {
        if (input.includes(".")) continue;
        assert.deepEqual(await diff(type, { [input]: "stated" }, {}), {}, `${type} ${input}`);
        assert.notDeepEqual(await diff(type, { [input]: ["a"] }, { [input]: [] }), {}, `${type} ${input}`);
      }
    }
  }
});

test("what an input counts as where it is not stated is no change, for every type", async () => {
  for (const vendor of vendors) {
    const { diff } = await play(vendor, { config: CONFIG });
    for (const [type, { schema = {} }] of Object.entries(vendor.kinds)) {
      for (const [input, value] of Object.entries(schema.defaults ?? {})) {
        assert.deepEqual(await diff(type, { [input]: value }, {}), {}, `${type} ${input} removed`);
        assert.deepEqual(await diff(type, {}, { [input]: value }), {}, `${type} ${input} added`);
        assert.notDeepEqual(await diff(type, { [input]: "other" }, {}), {}, `${type} ${input} changed`);
      }
    }
  }
});

test("the order of a set and its duplicates are no change, for every type", async () => {
  const at = (path: string, value: unknown): Properties => {
    const [head = "", ...rest] = path.split(".");
    return { [head]: rest.length === 0 ? value : at(rest.join("."), value) };
  };
  for (const vendor of vendors) {
    const { diff } = await play(vendor, { config: CONFIG });
    for (const [type, { schema = {} }] of Object.entries(vendor.kinds)) {
      for (const path of schema.sets ?? []) {
        const [old, same, other] = [at(path, ["a", "b"]), at(path, ["b", "a", "b"]), at(path, ["b", "c"])];
        assert.deepEqual(await diff(type, old, same), {}, `${type} ${path}`);
        assert.notDeepEqual(await diff(type, old, other), {}, `${type} ${path}`);
      }
    }
  }
});

// The bridge deletes first where the program itself states a name that could be drawn, and creates
// first elsewhere.
const ORDER: [vendor: typeof heroku, type: string, olds: Properties, news: Properties, first: boolean][] = [
  [
    digitalocean,
    "databaseCluster:DatabaseCluster",
    { name: "a", engine: "pg" },
    { name: "b", engine: "pg" },
    true,
  ],
  [digitalocean, "databaseDb:DatabaseDb", { name: "a", clusterId: "1" }, { name: "a", clusterId: "2" }, true],
  [digitalocean, "databaseDb:DatabaseDb", { clusterId: "1" }, { clusterId: "2" }, false],
  [digitalocean, "dnsRecord:DnsRecord", { name: "a", type: "A" }, { name: "a", type: "TXT" }, true],
  [digitalocean, "domain:Domain", { name: "a" }, { name: "b" }, false],
  [github, "repositoryDeployKey:RepositoryDeployKey", { title: "a" }, { title: "b" }, true],
  [
    github,
    "actionsEnvironmentSecret:ActionsEnvironmentSecret",
    { environment: "a" },
    { environment: "b" },
    true,
  ],
  [
    github,
    "actionsEnvironmentVariable:ActionsEnvironmentVariable",
    { environment: "a" },
    { environment: "b" },
    false,
  ],
];

test("the order of a replacement follows from a stated name", async () => {
  for (const [vendor, token, olds, news, first] of ORDER) {
    const { session } = await play(vendor, { config: CONFIG });
    const type = `${vendor.name}:index/${token}`;
    const ref = { urn: `urn:pulumi:s::p::${type}::it`, type, name: "it" };
    const { deleteBeforeReplace, changes } = await session.diff(ref, "1", olds, news, []);
    assert.ok(
      Object.values(changes).some((kind) => kind.endsWith("-replace")),
      type,
    );
    assert.equal(deleteBeforeReplace, first, type);
  }
  const { session } = await play(heroku);
  const type = "heroku:domain/domain:Domain";
  const ref = { urn: `urn:pulumi:s::p::${type}::it`, type, name: "it" };
  const { deleteBeforeReplace } = await session.diff(ref, "1", { appId: "1" }, { appId: "2" }, []);
  assert.equal(deleteBeforeReplace, false);
});

test("what belongs to another repository is replaced; to the same one, renamed, it is updated", async () => {
  const cloud = await play(github, { config: CONFIG });
  for (const name of ["shop", "other"]) seedRepository(cloud.store, "acme", name, []);
  const [shop] = cloud.store.list("github:repository").filter(({ name }) => name === "acme/shop");
  const renamed = { ...shop?.properties, fullName: "acme/store" };
  cloud.store.put({ ...shop, id: "acme/store", name: "acme/store", properties: renamed } as never);
  for (const kind of Object.keys(github.kinds).filter((type) => github.kinds[resourceType(type)]?.replaces)) {
    const changed = async (repository: string) => {
      const ref = { urn: `urn:pulumi:s::p::${kind}::it`, type: kind, name: "it" };
      const state = { repositoryId: shop?.properties.id };
      const news = { environment: "e", repository };
      return (await cloud.session.diff(ref, "1", { environment: "e", repository: "shop" }, news, [], state))
        .changes;
    };
    assert.deepEqual(await changed("other"), { repository: "update-replace" }, kind);
    assert.deepEqual(await changed("gone"), { repository: "update-replace" }, kind);
    assert.deepEqual(await changed("store"), { repository: "update" }, kind);
  }
});
