import pc from "picocolors";
import { counts, type Finding } from "../../policy/findings";
import { counted } from "../../text/words";
import { shortType } from "./names";

/**
 * The policy's findings for a terminal: the verdict, then each broken rule, then the violations
 * that exceptions allow.
 */
export function policyText(stack: string, all: readonly Finding[]): string {
  const spoken = all.filter(({ excepted }) => excepted === undefined);
  const passed = all.filter(({ excepted }) => excepted !== undefined);
  return [
    policyLine(stack, all),
    ...byRule(spoken).flatMap(ruleLines),
    ...byRule(passed).flatMap(passedLines),
  ].join("\n");
}

/** Only the verdict. */
export function policyLine(stack: string, all: readonly Finding[]): string {
  const errors = all.filter(counts).length;
  const warnings = all.filter(({ severity, excepted }) => severity === "warning" && !excepted).length;
  const passed = all.filter(({ excepted }) => excepted).length;
  const beside = [
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(passed > 0 ? [`${counted(passed, "stated exception")}`] : []),
  ].join(", ");
  const rest = beside === "" ? "" : ` (${beside})`;
  return errors === 0
    ? pc.green(`policy: ${stack} keeps every rule${rest}`)
    : pc.red(`policy: ${stack} breaks the rules in ${counted(errors, "place")}${rest}`);
}

function byRule(all: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of all) groups.set(finding.name, [...(groups.get(finding.name) ?? []), finding]);
  return [...groups.values()];
}

function ruleLines(group: Finding[]): string[] {
  const [first] = group;
  if (!first) return [];
  const mark = first.severity === "error" ? pc.red("error  ") : pc.yellow("warning");
  return [
    "",
    `${mark} ${pc.bold(first.name)}: ${first.title}`,
    ...group.map((finding) => `    ${place(finding)}${finding.says}`),
    pc.dim(`    why: ${first.because}`),
    `    fix: ${first.fix}`,
    pc.dim(`    ${first.source}`),
  ];
}

function passedLines(group: Finding[]): string[] {
  return [
    "",
    ...group.flatMap((finding) => [
      `${pc.dim("excepted")} ${pc.bold(finding.name)}: ${place(finding)}${finding.says}`,
      pc.dim(`    until ${finding.excepted?.until}: ${finding.excepted?.because}`),
    ]),
  ];
}

function place({ resource }: Finding): string {
  return resource ? `${resource.name} ${pc.dim(shortType(resource.type))} ` : "";
}
