import type { PolicyException } from "../environment/schema/policy";
import type { Finding } from "./findings";
import type { Context, Policy } from "./rule";

/** Why a finding is let pass, and how long. */
export type Excepted = Pick<PolicyException, "because" | "until">;

/** The policy about exceptions themselves. */
export const EXCEPTIONS: Policy = {
  name: "exceptions",
  severity: "warning",
  title: "Every stated exception lets something pass",
  because: "an exception that nothing needs any more would hide the next mistake",
  fix: "take it out of `policy.exceptions`",
  source: "docs/policy.md#exceptions",
};

/** A finding with the exception that lets it pass; one whose exceptions have all ended says so. */
export function settle(finding: Finding, { stated, today }: Context): Finding {
  const own = stated.exceptions.filter((exception) => matches(exception, finding));
  const open = own.find(({ until }) => until >= today);
  if (open) return { ...finding, excepted: { because: open.because, until: open.until } };
  const ended = own
    .map(({ until }) => until)
    .sort()
    .at(-1);
  return ended === undefined
    ? finding
    : { ...finding, says: `${finding.says} (the exception ended on ${ended})` };
}

/** A finding for each exception that matches none of the others. */
export function unused(all: readonly Finding[], { stated }: Context): Finding[] {
  return stated.exceptions.flatMap((exception, index): Finding[] => {
    if (all.some((finding) => matches(exception, finding))) return [];
    const where = exception.resource === undefined ? "" : ` for ${JSON.stringify(exception.resource)}`;
    return [
      { ...EXCEPTIONS, says: `policy.exceptions[${index}], of ${exception.rule}${where}, lets nothing pass` },
    ];
  });
}

function matches({ rule, resource }: PolicyException, finding: Finding): boolean {
  return rule === finding.name && (resource === undefined || resource === finding.resource?.name);
}
