import assert from "node:assert/strict";
import { type DefaultTreeAdapterMap, parse } from "parse5";
import { test } from "vitest";
import { reviewHtml } from "../../stagewright/review/print/html";
import { reviewJson } from "../../stagewright/review/print/json";
import { LONGEST, reviewMarkdown } from "../../stagewright/review/print/markdown";
import { reviewText } from "../../stagewright/review/print/text";
import { HOSTILE, hostileReview } from "./reviews";

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
  assert.match(written, /This is cut: \d+ more lines do not fit/);
  assert.match(written, /<sub>Rehearsed with no account/);
  assert.doesNotMatch(reviewMarkdown(hostileReview("a")), /This is cut/);
});

test("colours are for terminals alone", () => {
  assert.doesNotMatch(reviewText(hostileReview("a"), false), ACTING);
  assert.ok(reviewText(hostileReview("a"), true).includes("\u001b[31m"));
});

/**
 * What is left of Markdown without its code spans, line by line.
 * https://spec.commonmark.org/0.31.2/#code-spans
 */
function withoutCodeSpans(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, "x");
}

type Node = DefaultTreeAdapterMap["node"];

function elements(node: Node): DefaultTreeAdapterMap["element"][] {
  const inside = "childNodes" in node ? node.childNodes.flatMap(elements) : [];
  return "tagName" in node ? [node, ...inside] : inside;
}
