import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import type { Change } from "../../review/change/change";
import { reviewHtml } from "../../review/print/html";
import { reviewJson } from "../../review/print/json";
import { LONGEST, reviewMarkdown } from "../../review/print/markdown";
import { reviewText } from "../../review/print/text";
import type { Review } from "../../review/summary/model";

/** Texts that would act if one format let them through. */
const HOSTILE = [
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\n::error::forged\n::add-mask::x\n##[error]forged ##[set-env name=X]y",
  "</code></li><script>alert(1)</script><img src=x onerror=alert(1)>",
  "``` `x` ```` <!-- --> **bold** [link](https://evil.example) ![i](https://evil.example/i.png) | cell |",
  "@dandi/admins @octocat #1 dandi/dandi-api#2 GH-3 deadbeefdeadbeef https://evil.example www.evil.example :tada:",
  "safe\u202Etxt.exe\u2066\u200B\u00AD\u{E0041}\u2028\u0085\u009b31m\ud800",
  "- item\n# heading\n> quote\n---\n1. one\n    code",
];

function hostileReview(text: string, count = 1): Review {
  const change: Change = {
    urn: `urn:pulumi:s::p::t::${text}`,
    type: `aws:s3/${text}:${text}`,
    name: text,
    component: text,
    operation: "update",
    before: { inputs: { bucket: text }, protect: true, retain: false },
    after: { inputs: { bucket: text, name: text }, protect: false, retain: false },
    values: [
      { path: `tags.${text}`, before: text, after: `${text}2`, secret: false, computed: false, forces: true },
      {
        path: `lines.${text}`,
        before: `a\n${text}`,
        after: `b\n${text}\n${text}`,
        secret: false,
        computed: false,
        forces: false,
      },
      {
        path: `map.${text}`,
        before: { [text]: text },
        after: [text],
        secret: false,
        computed: false,
        forces: false,
      },
    ],
    alike: 0,
  };
  const item = { kind: "data", level: "danger", says: text } as const;
  return {
    system: text,
    base: { called: text, commit: text },
    packages: { named: [{ name: text, before: text, after: text }], others: 1 },
    stacks: [
      {
        stack: text,
        environment: text,
        stands: "both",
        verdict: { level: "danger", says: text },
        risks: [item],
        rules: [text],
        changes: Array.from({ length: count }, () => change),
        unchanged: 1,
        alike: 1,
        providers: [text],
        relations: [{ kind: "parity", with: text, before: [], after: [text] }],
        notes: [text],
        errors: [text],
        misconfigured: false,
        baseErrors: [text],
        live: { agreed: 1, differences: [text], errors: [text] },
      },
    ],
  };
}

const ACTING = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

for (const [index, text] of HOSTILE.entries()) {
  const review = hostileReview(text);

  test(`hostile text ${index} acts in no terminal and no log`, () => {
    for (const written of [
      reviewText(review, false),
      reviewMarkdown(review),
      reviewHtml(review),
      reviewJson(review),
    ]) {
      assert.doesNotMatch(written, ACTING);
      assert.doesNotMatch(written, /^\s*::/m, "a workflow command of GitHub");
      assert.ok(!written.includes("##["), "an old workflow command of GitHub");
    }
  });

  test(`hostile text ${index} is inert in Markdown`, () => {
    const outside = withoutCodeSpans(reviewMarkdown(review))
      .replace("<!-- stagewright review -->", "")
      .replaceAll(/<\/?sub>/g, "");
    assert.doesNotMatch(outside, /[@#<>[\]`|!]|https?:|www\.|GH-\d|\b[0-9a-f]{7,40}\b|:\w+:/i, outside);
    // Every line is one of ours: a mark of a list, a headline in bold, or nothing.
    for (const line of outside.split("\n"))
      assert.match(line, /^(\s*- |\*\*|\n?$|What else|\d+ resources? |Packages: |Rehearsed )/, line);
  });

  test(`hostile text ${index} is text in HTML`, () => {
    const allowed =
      "html head meta title style body a header main section p h1 h2 h3 ul li strong code".split(" ");
    for (const element of elements(parse(reviewHtml(review)))) {
      assert.ok(allowed.includes(element.tagName), element.tagName);
      for (const { name } of element.attrs) assert.doesNotMatch(name, /^(on|src|style$)/);
    }
  });

  test(`hostile text ${index} comes out of JSON as it went in`, () => {
    const { stacks } = JSON.parse(reviewJson(review)) as { stacks: { changes: { name: string }[] }[] };
    assert.equal(stacks[0]?.changes[0]?.name, text);
  });
}

test("a comment is never longer than GitHub takes, and says what it leaves out", () => {
  const review = hostileReview("`".repeat(80), 4000);
  const written = reviewMarkdown(review);
  assert.ok(written.length <= LONGEST, String(written.length));
  assert.match(written, /This comment is cut: \d+ more lines do not fit/);
  assert.match(written, /<sub>Rehearsed with no account/);
  assert.doesNotMatch(reviewMarkdown(hostileReview("a")), /This comment is cut/);
});

test("colours are for terminals alone", () => {
  assert.doesNotMatch(reviewText(hostileReview("a"), false), ACTING);
  assert.ok(reviewText(hostileReview("a"), true).includes("\u001b[31m"));
});

/** What is left of Markdown without its code spans, line by line. https://spec.commonmark.org/0.31.2/#code-spans */
function withoutCodeSpans(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, "x");
}

type Node = DefaultTreeAdapterMap["node"];

function elements(node: Node): DefaultTreeAdapterMap["element"][] {
  const inside = "childNodes" in node ? node.childNodes.flatMap(elements) : [];
  return "tagName" in node ? [node, ...inside] : inside;
}
