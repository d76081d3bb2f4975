import pc from "picocolors";
import type { IsolationReport, Shared } from "../../isolation/isolation";
import { counted } from "../../text/words";

/** A comparison for a terminal: the answer, then everything that is shared but should not be. */
export function isolationText(
  a: string,
  b: string,
  { shared, common, deliberate, made }: IsolationReport,
): string {
  const stands = [
    ...(deliberate.length > 0 ? ["what is shared on purpose"] : []),
    ...(common.length > 0 ? [`what both declare as common: ${common.join(", ")}`] : []),
  ];
  const declared = stands.length > 0 ? `but for ${stands.join(", and ")}` : "at all";
  const stated =
    deliberate.length > 0 ? ["", "shared on purpose:", ...deliberate.map((what) => `    ${what}`)] : [];
  if (shared.length === 0) {
    return [
      `${pc.green(`${a} and ${b} share nothing`)} ${declared}`,
      pc.dim(
        `compared: ${made[0]} and ${made[1]} physical things with their ids, addresses, credentials and secrets`,
      ),
      ...stated,
    ].join("\n");
  }
  // Two environments may share on purpose the resources that no program creates.
  const outside = [
    ...new Set(
      shared.flatMap((one) => (one.kind === "outside" ? one.in.map(({ at }) => at.split(": ")[0]) : [])),
    ),
  ];
  return [
    pc.red(
      `${a} and ${b} share ${counted(shared.length, "thing that is", "things that are")} not declared as common`,
    ),
    ...shared.flatMap((one) => [
      "",
      `${pc.bold(one.what)} ${MEANING[one.kind]}`,
      ...one.in.map(occurrenceLine),
    ]),
    ...stated,
    ...(outside.length > 0
      ? ["", pc.dim(`where that is meant, both state it: common: [${outside.join(", ")}]`)]
      : []),
  ].join("\n");
}

const MEANING: Readonly<Record<Shared["kind"], string>> = {
  made: "would be made by both",
  outside: "is used by both, and not listed under common in both",
  secret: "is known to both",
  named: "is made by one and referred to by the other",
};

function occurrenceLine({ stack, at, stated }: Shared["in"][number]): string {
  return `    ${stack}: ${at}${stated.length > 0 ? ` ${pc.cyan(stated.join(", "))}` : ""}`;
}
