import { visible } from "../../text/visible";
import type { Change } from "../change/change";
import type { Review, StackReview } from "../summary/model";
import { labelOf, linesOf } from "./lines";
import { grouped, packagesText, partsOf, restText, wordOf } from "./parts";

/**
 * What GitHub takes as a comment: characters. https://github.com/orgs/community/discussions/27190
 */
export const LONGEST = 65_536;

/** Begins every comment, so that the next review finds the one that it brings up to date. */
const MARKER = "<!-- stagewright review -->";

/**
 * A review as a comment of a pull request: never longer than GitHub takes, and where something had
 * to be left out it says so. Text of the configuration stands in code spans: outside of them only
 * plain words do.
 *
 * @param longest in characters
 */
export function reviewMarkdown(review: Review, longest = LONGEST): string {
  const { base, stacks, system } = review;
  const packages = packagesText(review);
  const head = [
    MARKER,
    ...stacks.map((stack) => headline(stack, stacks.length > 1)),
    ...(packages ? [`${prose(packages)}\n`] : []),
  ];
  const foot = `<sub>Rehearsed with no account and no secret: ${prose(system)} compared with ${prose(base.called)} (${code(base.commit.slice(0, 8))}).</sub>`;
  const body = stacks.flatMap((stack) => stackBlocks(stack, stacks.length > 1));
  return fitted(head, body, foot, longest);
}

/** The drift of a stack as the text of an issue, in the same way. */
export function driftMarkdown(stack: StackReview): string {
  return fitted([headline(stack, false)], stackBlocks(stack, false), "", LONGEST);
}

function headline({ stack, verdict }: StackReview, named: boolean): string {
  return `**${ICONS[verdict.level]} ${named ? `${prose(stack)}: ` : ""}${prose(verdict.says)}**\n`;
}

const ICONS = { nothing: "✅", fine: "✅", attention: "⚠️", danger: "🛑", refused: "⛔" } as const;

// As many whole blocks as there is room for.
function fitted(head: string[], body: string[], foot: string, longest: number): string {
  const whole = [...head, ...body, foot].join("\n");
  if (whole.length <= longest) return whole;
  const note = (left: number) =>
    `\n**This is cut: ${left} more lines do not fit into what GitHub takes. The command itself prints them all.**\n`;
  const room = longest - foot.length - note(body.length).length - 2;
  const kept: string[] = [];
  let length = 0;
  for (const block of [...head, ...body]) {
    if (length + block.length + 1 > room) break;
    kept.push(block);
    length += block.length + 1;
  }
  const left = head.length + body.length - kept.length;
  return [...kept, note(left), foot].join("\n");
}

function stackBlocks(stack: StackReview, named: boolean): string[] {
  const parts = partsOf(stack).flatMap(({ title, items }) => [
    `\n**${title}**\n`,
    ...items.map(
      ({ level, says }) => `- ${level === "danger" ? "🛑 " : level === "warning" ? "⚠️ " : ""}${prose(says)}`,
    ),
  ]);
  const groups = grouped(stack.changes).flatMap(([component, changes]) => [
    `\n**In ${prose(component)}**\n`,
    ...changes.flatMap((change) => changeLines(change, stack)),
  ]);
  return [...(named ? [`\n### ${prose(stack.stack)}\n`] : []), ...parts, ...groups, `\n${restText(stack)}\n`];
}

function changeLines(change: Change, stack: StackReview): string[] {
  const { type, name, called } = labelOf(change);
  return [
    `- ${wordOf(change, stack)} ${code(name)} ${prose(type)}${called ? ` ${code(called)}` : ""}`,
    ...linesOf(change).map(({ what, before, after }) => {
      if (before === undefined && after === undefined) return `  - ${code(what)}`;
      if (before === undefined) return `  - ${code(what)}: new ${code(after ?? "")}`;
      return `  - ${code(what)}: ${code(before)} → ${after === undefined ? "gone" : code(after)}`;
    }),
  ];
}

/**
 * A text as a code span, in which neither Markdown, HTML, mentions nor references act.
 * https://spec.commonmark.org/0.31.2/#code-spans
 */
function code(text: string): string {
  const inert = visible(text);
  if (inert.trim() === "") return "`(blank)`";
  const longest = Math.max(0, ...[...inert.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(inert) ? " " : "";
  return `${fence}${space}${inert}${space}${fence}`;
}

/**
 * A sentence that may hold text of the configuration, inert: whatever is no plain word stands in a
 * code span, where no Markdown, HTML, mention, reference to an issue or a commit, nor link acts. (A
 * character reference is not enough: GitHub looks for mentions in what comes of it.)
 */
function prose(text: string): string {
  // What stands between backticks already, such as a command, is one span.
  const words = visible(text).match(/(?<=^| )`[^`]+`[,.;:]?(?= |$)|[^ ]+/g) ?? [];
  return words.map((word) => (isPlain(word) ? word : (spanned(word) ?? code(word)))).join(" ");
}

function spanned(word: string): string | undefined {
  const [, inside, after = ""] = /^`([^`]+)`([,.;:]?)$/.exec(word) ?? [];
  return inside === undefined ? undefined : `${code(inside)}${after}`;
}

function isPlain(word: string): boolean {
  if (/^(www\.|GH-\d)/i.test(word) || /^[0-9a-f]{7,40}\W*$/i.test(word) || /^\d+[.)]$/.test(word))
    return false;
  return (
    word === "" ||
    word === "→" ||
    /^[("']*\$?[\p{L}\p{N}]+(?:['’.,:-][\p{L}\p{N}]+)*["')]*[,.;:!?]*["')]*$/u.test(word)
  );
}
