import pc from "picocolors";
import type { Drift, DriftedProperty, DriftedThing } from "../../drift/drift";
import { valueText, visible } from "../../review/print/visible";
import { counted } from "../../review/print/words";
import { shortType } from "./names";

/** The drift of a stack for a terminal: the answer first, then each thing with what changed. */
export function driftText(stack: string, drift: Drift): string {
  const { things, unchanged } = drift;
  if (things.length === 0) return pc.green(`${stack} is as it was deployed (${unchanged} resources)`);
  return [
    pc.red(
      `since ${stack} was deployed, somebody changed ${counted(things.length, "thing")} by hand (${unchanged} unchanged)`,
    ),
    ...things.flatMap(thingLines),
    pc.dim("`pulumi up` puts it back as declared; what shall stay belongs in the spec first"),
  ].join("\n");
}

function thingLines({ name, type, what, properties }: DriftedThing): string[] {
  const thing = `${name} ${pc.dim(shortType(type))}`;
  return what === "deleted"
    ? [`  ${pc.red("- deleted")} ${thing}`]
    : [
        `  ${pc.yellow("~ changed")} ${thing}`,
        ...properties.map((property) => `      ${propertyLine(property)}`),
      ];
}

function propertyLine({ path, before, after, secret }: DriftedProperty): string {
  return secret
    ? `${visible(path)}: ${pc.dim("(another secret)")}`
    : `${visible(path)}: ${valueText(before)} → ${valueText(after)}`;
}
