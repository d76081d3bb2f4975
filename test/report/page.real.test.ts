import assert from "node:assert/strict";
import { test } from "vitest";
import type { ParityReport } from "../../stagewright/parity/parity";
import { topologySvg } from "../../stagewright/report/drawing/topology";
import { topologyOf } from "../../stagewright/report/model/topology";
import { reportPage } from "../../stagewright/report/page";
import type { Comparison } from "../../stagewright/report/section";
import { attribute, named, read } from "./markup";
import { resource, stackOf } from "./stacks";

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</title></style></svg><iframe src=javascript:alert(1)>",
  "javascript:alert(1)",
  "]]>&lt;b&gt;<!--",
  "\u001b[31mred\u001b[0m\u0007\u009b2J",
  "a\u202egnp.exe\u2066",
  "broken \ud800 surrogate",
];

test("hostile names and values stay inert text, in the page and in the drawing", () => {
  for (const hostile of HOSTILE) {
    const { page, svg } = written(hostile);
    for (const markup of [
      page,
      `<!doctype html><html><head><title>svg</title></head><body>${svg}</body></html>`,
    ]) {
      const { errors, elements, text } = read(markup);
      assert.deepEqual(errors, [], hostile);
      for (const tag of ["script", "img", "iframe", "object", "embed", "b"])
        assert.deepEqual(named(elements, tag), [], hostile);
      for (const element of elements)
        for (const { name, value } of element.attrs) {
          assert.ok(!name.startsWith("on"), `${hostile}: ${name}`);
          if (name === "href" || name === "src") assert.match(value, /^#[a-z]+$/);
        }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.doesNotMatch(markup, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      assert.doesNotMatch(markup, /\p{Cs}/u);
      const readable = hostile.split(/[^ -~]/).reduce((a, b) => (a.length > b.length ? a : b));
      assert.ok(text.includes(readable) || named(elements, "text").length > 0, hostile);
    }
  }
});

test("a page loads nothing from anywhere, and forbids it", () => {
  const { page, svg } = written("plain");
  const { elements } = read(page);
  const policy = named(elements, "meta").find(
    (meta) => attribute(meta, "http-equiv") === "Content-Security-Policy",
  );
  assert.equal(policy && attribute(policy, "content"), "default-src 'none'; style-src 'unsafe-inline'");
  for (const markup of [page, svg]) {
    assert.doesNotMatch(markup, /@import|url\((?!#)|\bsrc=|\bsrcset=|<link/);
    for (const [, address = ""] of markup.matchAll(/href="([^"]*)"/g)) assert.match(address, /^#/);
    const hosts = [...markup.matchAll(/https?:\/\/[^\s"'<)]+/g)].map(([address]) => address);
    assert.deepEqual(
      hosts.filter((address) => address !== "http://www.w3.org/2000/svg"),
      [],
    );
  }
});

test("values marked as secrets are left out, of inputs and of differences", () => {
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: '"planted-secret"',
  };
  const stack = stackOf(
    "production",
    { errors: { organization: "o", team: "t", project: "p", environment: "e" } },
    [resource("sentry:index/sentryKey:SentryKey", "errors-key", { project: "p", organization: secret })],
  );
  const parity = parityOf({ a: "planted-secret", b: "other", secret: true });
  const topology = topologyOf("small", [stack]);
  const page = reportPage({ topology, comparisons: [{ a: "a", b: "b", parity }] });
  assert.doesNotMatch(page + topologySvg(topology), /planted-secret/);
  assert.match(page, /two secrets/);
});

test("what does not hold is said as it is", () => {
  const parity: ParityReport = {
    ...parityOf({ a: 1, b: 2, secret: false }),
    untraced: [
      {
        resource: "x::heroku:formation/formation:Formation::api-web",
        path: ["inputs", "quantity"],
        a: 1,
        b: 3,
        secret: false,
      },
    ],
    dead: [{ stack: "staging", place: "Pulumi.staging.yaml:9", path: ["api", "stack"] }],
  };
  const isolation: Comparison["isolation"] = {
    shared: [
      {
        kind: "made",
        what: "aws Bucket 'files'",
        in: [{ stack: "staging", at: "bucket", stated: ["Pulumi.yaml bucket.name"] }],
      },
    ],
    common: [],
    deliberate: [],
    made: [3, 4],
  };
  const topology = topologyOf("small", [stackOf("production", {})]);
  const { text, errors } = read(
    reportPage({ topology, comparisons: [{ a: "staging", b: "production", parity, isolation }] }),
  );
  assert.deepEqual(errors, []);
  assert.match(text, /staging and production are not what their files say/);
  assert.match(text, /Stated nowhere/);
  assert.match(text, /Pulumi\.staging\.yaml:9 api\.stack/);
  assert.match(text, /staging and production share what is not declared as common/);
  assert.match(text, /aws Bucket 'files' would be made by both/);
});

test("parts about which nothing is known are left out, of the page and of its list of parts", () => {
  const page = reportPage({ topology: topologyOf("small", [stackOf("production", {})]), comparisons: [] });
  const { elements } = read(page);
  const parts = named(elements, "section").map((section) => attribute(section, "id"));
  assert.deepEqual(parts, ["topology", "tracks", "components"]);
  const links = named(elements, "a").map((link) => attribute(link, "href"));
  assert.deepEqual(links, ["#main", "#topology", "#tracks", "#components"]);
});

test("headings descend without a gap, ids are unique, and tables name their rows and columns", () => {
  const { elements } = read(written("plain").page);
  const levels = elements
    .map(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1])
    .filter(Boolean)
    .map(Number);
  assert.equal(levels[0], 1);
  levels.forEach((level, index) => {
    assert.ok(level <= (levels[index - 1] ?? 0) + 1, levels.join(" "));
  });
  const ids = elements.map((element) => attribute(element, "id")).filter((id) => id !== undefined);
  assert.equal(new Set(ids).size, ids.length);
  for (const cell of named(elements, "th")) assert.ok(attribute(cell, "scope"), "scope of a heading cell");
});

/** A page and a drawing with a text everywhere where a text can be. */
function written(text: string): { page: string; svg: string } {
  const staging = stackOf("staging", {}, [
    resource("heroku:formation/formation:Formation", "api-x", { type: text, quantity: 1, size: text }),
  ]);
  const { api } = staging.files.spec;
  if (api) Object.assign(api, { team: text, repository: text });
  staging.files.spec.name = text;
  staging.files.spec.release.api = {
    ...staging.files.spec.release.api,
    tracks: `branch ${text}`,
    token: "t",
  } as never;
  const named = staging.resources.map((each) =>
    each.inputs?.name
      ? { ...each, inputs: { ...each.inputs, name: text, plan: text, config: { version: text } } }
      : each,
  );
  const topology = topologyOf(text, [
    { files: { ...staging.files, stack: text }, resources: named },
    stackOf("production", {}),
  ]);
  const difference = {
    resource: `x::a:b:C::${text}`,
    path: ["inputs", text],
    a: text,
    b: `${text}\n${text}`,
    secret: false,
  };
  const parity: ParityReport = {
    ...parityOf({ a: text, b: { [text]: text }, secret: false }),
    a: text,
    untraced: [difference],
    dead: [{ stack: text, place: text, path: [text] }],
  };
  const isolation: Comparison["isolation"] = {
    shared: [{ kind: "secret", what: text, in: [{ stack: text, at: text, stated: [text] }] }],
    common: [text],
    deliberate: [text],
    made: [1, 1],
  };
  return {
    page: reportPage({ topology, comparisons: [{ a: text, b: text, parity, isolation }] }),
    svg: topologySvg(topology),
  };
}

function parityOf({ a, b, secret }: { a: unknown; b: unknown; secret: boolean }): ParityReport {
  return {
    a: "staging",
    b: "production",
    stated: [
      {
        leaves: [
          { path: "api.app", places: ["Pulumi.staging.yaml:3"], a: secret ? "x" : a, b: secret ? "y" : b },
        ],
        differences: [{ resource: "x::heroku:app/app:App::api", path: ["inputs", "name"], a, b, secret }],
      },
    ],
    following: [],
    untraced: [],
    dead: [],
    different: 1,
    alike: 2,
  };
}
