import { code, LONGEST } from "../review/print/markdown";
import { valueText } from "../review/print/visible";
import { counted } from "../review/print/words";
import type { Drift, DriftedProperty, DriftedThing } from "./drift";

// Room for the last line.
const MOST = LONGEST - 500;

/** The drift as Markdown, for an issue. Nothing in it can call people, run as HTML or leave its code span. */
export function driftMarkdown(stack: string, drift: Drift): string {
  const lines = [
    `Since ${code(stack)} was last deployed, somebody changed ${counted(drift.things.length, "thing")} by hand. \`pulumi up\` puts it back as declared; what shall stay belongs in the spec first.`,
    "",
  ];
  let length = lines.join("\n").length;
  for (const [index, line] of drift.things.map(thingLines).entries()) {
    length += line.length + 1;
    if (length > MOST) {
      lines.push(`- and ${drift.things.length - index} more: \`stagewright drift --live\` lists them all`);
      break;
    }
    lines.push(line);
  }
  return `${lines.join("\n")}\n`;
}

function thingLines({ name, type, what, properties }: DriftedThing): string {
  const thing = `- ${code(name)} (${code(type)})`;
  if (what === "deleted") return `${thing} was deleted`;
  return [`${thing} was changed`, ...properties.map(propertyLine)].join("\n");
}

function propertyLine({ path, before, after, secret }: DriftedProperty): string {
  const change = secret
    ? "has another secret value"
    : `${code(valueText(before))} → ${code(valueText(after))}`;
  return `  - ${code(path)}: ${change}`;
}
