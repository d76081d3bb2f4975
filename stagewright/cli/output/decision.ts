import pc from "picocolors";
import type { Temporal } from "temporal-polyfill";
import type { Decision } from "../../release/decision/decide";
import type { Rules } from "../../release/rules";
import { local } from "../../release/time/local";

const MARKS = { allows: pc.green("✓"), forbids: pc.red("✗"), unknown: pc.yellow("?") } as const;

/** A decision in words: each rule with its line of the spec. */
export function decisionText(
  { component, environment, timezone }: Rules,
  commit: string,
  at: Temporal.Instant,
  { allowed, reasons }: Decision,
  verb: "deployed" | "promoted",
): string {
  const verdict = allowed ? pc.green(`may be ${verb}`) : pc.red(`may not be ${verb}`);
  const when = timezone === "UTC" ? local(at, "UTC") : `${local(at, timezone)} (${local(at, "UTC")})`;
  return [
    `${commit.slice(0, 12)} ${verdict} to ${environment} (${component}) at ${when}:`,
    ...reasons.map(({ verdict, rule, says }) => `  ${MARKS[verdict]} ${says}\n      ${pc.dim(rule)}`),
  ].join("\n");
}
