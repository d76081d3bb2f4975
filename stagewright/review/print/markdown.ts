import { visible } from "../../text/visible";
import type { Change } from "../change/change";
import type { Review, StackReview } from "../summary/model";
import { labelOf, linesOf } from "./lines";
import { grouped, packagesText, partsOf, restText, wordOf } from "./parts";

/**
 * The longest comment that GitHub accepts, in characters.
 * https://github.com/orgs/community/discussions/27190
 */
export const LONGEST = 65_536;

/** Begins every comment, so that the next review finds and updates it. */
const MARKER = "<!-- stagewright review -->";

/**
 * Formats a review as a comment on a pull request. It never exceeds GitHub's limit, and says so if
 * it leaves anything out. Text from the configuration is in code spans; outside them are only plain
 * words.
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

/** Formats the drift of a stack as the text of an issue, in the same way. */
export function driftMarkdown(stack: StackReview): string {
  return fitted([headline(stack, false)], stackBlocks(stack, false), "", LONGEST);
}

function headline({ stack, verdict }: StackReview, named: boolean): string {
  return `**${ICONS[verdict.level]} ${named ? `${prose(stack)}: ` : ""}${prose(verdict.says)}**\n`;
}

const ICONS = { nothing: "✅", fine: "✅", attention: "⚠️", danger: "🛑", refused: "⛔" } as const;

// Keeps as many whole blocks as fit.
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
 * Formats a text as a code span, in which Markdown, HTML, mentions and references have no effect.
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
 * Makes a sentence inert that may contain text from the configuration: everything but plain words
 * is put into a code span, in which Markdown, HTML, mentions, references to issues or commits, and
 * links have no effect. (A character reference is not enough: GitHub looks for mentions after
 * resolving it.)
 */
function prose(text: string): string {
  // Text between backticks, such as a command, becomes one span.
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
