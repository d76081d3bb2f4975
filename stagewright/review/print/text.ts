import pc from "picocolors";
import { visible } from "../../text/visible";
import type { Change } from "../change/change";
import type { Review, StackReview, Verdict } from "../summary/model";
import { type Line, labelOf, linesOf } from "./lines";
import { grouped, type Item, packagesText, partsOf, restText, wordOf } from "./parts";

type Colors = ReturnType<typeof pc.createColors>;

/**
 * Formats a review for a terminal: the verdicts, the important findings, then the individual
 * changes. No line begins with text from the configuration.
 *
 * @param colored whether the output is a terminal
 */
export function reviewText(review: Review, colored: boolean): string {
  const colors = pc.createColors(colored);
  const { base, stacks } = review;
  const packages = packagesText(review);
  return [
    ...stacks.map((stack) => headline(stack, stacks.length > 1, colors)),
    ...(packages ? [colors.dim(visible(packages))] : []),
    ...stacks.flatMap((stack) => stackText(stack, stacks.length > 1, colors)),
    colors.dim(`compared with ${visible(base.called)} (${visible(base.commit.slice(0, 8))})`),
  ].join("\n");
}

/**
 * Formats the drift of a stack for a terminal in the same way.
 *
 * @param colored whether the output is a terminal
 */
export function driftText(stack: StackReview, colored: boolean): string {
  const colors = pc.createColors(colored);
  return [headline(stack, false, colors), ...stackText(stack, false, colors)].join("\n");
}

function headline({ stack, verdict }: StackReview, named: boolean, colors: Colors): string {
  const says = colorOf(verdict, colors)(visible(verdict.says));
  return named ? `${colors.bold(visible(stack))}: ${says}` : says;
}

function colorOf({ level }: Verdict, colors: Colors): (text: string) => string {
  return {
    nothing: colors.green,
    fine: colors.green,
    attention: colors.yellow,
    danger: colors.red,
    refused: colors.red,
  }[level];
}

function stackText(stack: StackReview, named: boolean, colors: Colors): string[] {
  const parts = partsOf(stack).flatMap(({ title, items }) => [
    "",
    colors.bold(title),
    ...items.map((item) => itemText(item, colors)),
  ]);
  const groups = grouped(stack.changes).flatMap(([component, changes]) => [
    "",
    colors.bold(`In ${visible(component)}`),
    ...changes.flatMap((change) => changeText(change, stack, colors)),
  ]);
  const body = [...parts, ...groups];
  return [
    ...(named && body.length > 0 ? ["", colors.bold(colors.underline(visible(stack.stack)))] : []),
    ...body,
    ...(body.length > 0 ? [""] : []),
    colors.dim(restText(stack)),
  ];
}

function itemText({ level, says }: Item, colors: Colors): string {
  const mark = { danger: colors.red("!!"), warning: colors.yellow(" !"), notice: colors.dim(" -") }[level];
  return says
    .split("\n")
    .map((text, index) => `  ${index === 0 ? mark : "  "} ${index === 0 ? "" : "| "}${visible(text)}`)
    .join("\n");
}

function changeText(change: Change, stack: StackReview, colors: Colors): string[] {
  const { type, name, called } = labelOf(change);
  const marks = {
    create: colors.green("+"),
    update: colors.yellow("~"),
    replace: colors.magenta("±"),
    delete: colors.red("-"),
    import: colors.cyan("="),
    same: colors.yellow("~"),
  };
  const label = `  ${marks[change.operation]} ${wordOf(change, stack)} ${name} ${colors.dim(type)}${called ? ` ${called}` : ""}`;
  return [label, ...linesOf(change).map((line) => `      ${lineText(line, colors)}`)];
}

function lineText({ what, before, after }: Line, colors: Colors): string {
  if (before === undefined && after === undefined) return `. ${what}`;
  if (before === undefined) return `. ${what}: ${colors.green(`+ ${after}`)}`;
  return after === undefined
    ? `. ${what}: ${colors.red(`- ${before}`)}`
    : `. ${what}: ${before} ${colors.dim("→")} ${after}`;
}
