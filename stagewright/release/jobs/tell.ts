import { expression, type Node } from "../document";
import { TOKEN } from "../gates/gate";
import { isAsked } from "../gates/newer";
import { line } from "../rules";
import { migratesByHand, migrationName, type Target } from "../target";
import type { Way } from "../ways";
import { job } from "./job";
import { RUN } from "./records";
import type { Preliminaries } from "./rules";

/**
 * The job that tells the stated person how it ended. What a person started and the rules refused,
 * that person sees already.
 */
export function tell(
  target: Target,
  way: Way,
  { needs, commit }: Preliminaries,
  { name, title }: { name: string; title: string },
): Node | undefined {
  const { rules } = target;
  const { tell: person } = rules.onFailure;
  if (person === undefined) return undefined;
  const all = [...needs, "deploy"];
  const superseded = isAsked(target) ? " && needs.deploy.outputs.superseded != 'true'" : "";
  const refused = way.hand
    ? " && (github.event_name != 'workflow_dispatch' || needs.deploy.result != 'skipped')"
    : "";
  const quietly = needs.includes("rules")
    ? " && (needs.rules.outputs.go == 'true' || needs.rules.result != 'success')"
    : "";
  return job({
    name: "Tell",
    needs: all,
    if: `always()${superseded}${refused}${quietly}`,
    minutes: 10,
    lock: { group: `${name}-tell`, comment: "One after the other: there is one issue." },
    steps: [
      {
        name: "Tell whoever is to know",
        states: line(rules, ["onFailure", "tell"], person),
        env: {
          ...TOKEN,
          PERSON: person,
          WHAT: title,
          LABEL: name,
          COMMIT: commit,
          ...(migratesByHand(target) && {
            WAITS: expression("needs.deploy.outputs.waits"),
            MIGRATE: migrationName(target),
          }),
          RESULTS: expression("join(needs.*.result, ' ')"),
          RUN,
        },
        script: "steps/tell.sh",
        permissions: { issues: { access: "write", why: "to tell by an issue" } },
      },
    ],
  });
}
