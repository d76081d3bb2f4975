import assert from "node:assert/strict";
import { test } from "vitest";
import { type Properties, UNKNOWN } from "../../providers/protocol/provider";
import { refusedInputs } from "../../stagewright/rehearsal/check";
import { vendors } from "../../stagewright/rehearsal/vendors";
import { membersIn } from "./schema-facts";

const kinds = vendors.flatMap(({ name, kinds: all }) =>
  Object.entries(all).map(([type, kind]) => ({ vendor: name, type, kind })),
);

/** The reasons for which inputs are refused, what is required left aside. */
function reasons(type: string, inputs: Properties): string[] {
  const { kind } = kinds.find((one) => one.type === type) ?? assert.fail(type);
  return refusedInputs(type, kind, inputs)
    .map(({ reason }) => reason)
    .filter((reason) => !/ requires '/.test(reason));
}

function at(path: string, value: unknown): Properties {
  const [head = "", ...rest] = path.split(".");
  return { [head]: rest.length === 0 ? value : at(rest.join("."), value) };
}

test("an unknown key is refused wherever it stands, in lists, too", () => {
  for (const { type, kind } of kinds) {
    assert.match(reasons(type, { nonsense: 1 }).join(), /has no input 'nonsense'/, type);
    for (const path of Object.keys(kind.schema?.members ?? {})) {
      assert.match(
        reasons(type, at(path, { nonsense: 1 })).join(),
        /has no input 'nonsense'/,
        `${type} ${path}`,
      );
      assert.match(
        reasons(type, at(path, [{ nonsense: 1 }])).join(),
        /has no input 'nonsense'/,
        `${type} ${path}`,
      );
    }
  }
});

test("each rule of a value refuses something, and nothing that is not known yet", () => {
  const wrong = ["", "no such word!", -1, 0, 1e9, "x".repeat(300)];
  for (const { type, kind } of kinds) {
    for (const path of Object.keys(kind.schema?.accepts ?? {})) {
      const refused = wrong.filter((value) =>
        reasons(type, at(path, value)).some((text) => text.includes(`'${path}`)),
      );
      assert.ok(refused.length > 0, `${type} ${path}`);
      const unknown = reasons(type, at(path, UNKNOWN)).filter((text) => text.startsWith(`'${path}'`));
      assert.deepEqual(unknown, [], `${type} ${path}`);
    }
  }
});

// What the real providers were seen to refuse in a preview.
const REFUSED: [type: string, inputs: Properties, words: RegExp][] = [
  ["heroku:addon/addon:Addon", { name: "1st" }, /must start with a letter/],
  ["heroku:slug/slug:Slug", { fileUrl: "https://a.example/s.tgz", filePath: "s.tgz" }, /conflicts/],
  ["heroku:drain/drain:Drain", { url: "https://a", sensitiveUrl: "https://a" }, /conflicts/],
  ["sentry:index/sentryProject:SentryProject", { team: "a", teams: ["a"] }, /conflicts/],
  ["sentry:index/sentryIssueAlert:SentryIssueAlert", { actionMatch: "some" }, /expected one of/],
  ["sentry:index/sentryIssueAlert:SentryIssueAlert", { filterMatch: "some" }, /expected one of/],
  [
    "digitalocean:index/firewall:Firewall",
    { inboundRules: [{ protocol: "tcp" }] },
    /`port_range` of inbound/,
  ],
  ["digitalocean:index/firewall:Firewall", {}, /At least one rule/],
  ["digitalocean:index/firewall:Firewall", { inboundRules: [{ protocol: "sctp" }] }, /expected one of/],
  [
    "digitalocean:index/databaseFirewall:DatabaseFirewall",
    { rules: [{ type: "vpc", value: "a" }] },
    /expected one of/,
  ],
  ["digitalocean:index/databaseCluster:DatabaseCluster", { engine: "pg" }, /"version" is required/],
  [
    "digitalocean:index/databaseCluster:DatabaseCluster",
    { engine: "pg", version: "16", sqlMode: "ANSI" },
    /MySQL/,
  ],
  [
    "digitalocean:index/databaseCluster:DatabaseCluster",
    { engine: "pg", version: "16", evictionPolicy: "noeviction" },
    /Redis/,
  ],
  ["digitalocean:index/monitorAlert:MonitorAlert", { window: "2m" }, /expected one of/],
  ["digitalocean:index/uptimeAlert:UptimeAlert", { period: "1m" }, /expected one of/],
  ["digitalocean:index/uptimeAlert:UptimeAlert", { comparison: "more" }, /expected one of/],
  [
    "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
    {},
    /exactly one of/,
  ],
  [
    "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
    { value: "a", plaintextValue: "a" },
    /exactly one/,
  ],
  ["github:index/repositoryFile:RepositoryFile", { commitAuthor: "a" }, /all of commitAuthor, commitEmail/],
  ["cloudamqp:index/instance:Instance", { plan: "bunny" }, /expected one of/],
  ["cloudamqp:index/instance:Instance", { region: "us-east-1" }, /Invalid region/],
];

for (const [type, inputs, words] of REFUSED) {
  test(`${type} refuses ${JSON.stringify(inputs)}`, () => {
    assert.match(reasons(type, inputs).join("\n"), words);
  });
}

test("the plans that CloudAMQP shares are all known", () => {
  for (const plan of ["lemur", "tiger", "lemming", "ermine"])
    assert.deepEqual(reasons("cloudamqp:index/instance:Instance", { plan }), [], plan);
});

test("the members of what is nested are those of the published schemas", () => {
  for (const { vendor, type, kind } of kinds) {
    const published = membersIn(vendor, type);
    if (published) assert.deepEqual(kind.schema?.members ?? {}, published, type);
  }
});
