import { expression, type Node, noted, plain } from "../document";
import { TOKEN } from "../gates/gate";
import { HEROKU } from "../jobs/heroku";
import { job, type ScriptStep } from "../jobs/job";
import { RUN } from "../jobs/records";
import { lockOf } from "../rules";
import type { Target } from "../target";
import { type Further, fileAt, requirement } from "./further";

/** The secret with the URL of an environment's database: `RESTORE_FROM_PRODUCTION`. */
export function restoreSecret(source: string): string {
  return `RESTORE_FROM_${source.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * Puts the data of another environment in place of this one's: chosen, typed and approved by the
 * one person who may, written down, and copied by Heroku from database to database. Nothing of the
 * source is given but what its data can be read by, and this environment is a source of no other
 * unless that one says so: there is nothing here by which data could leave.
 */
export function restoration(target: Target): Further[] {
  const { component, environment, rules, data } = target;
  const stated = data.restore;
  if (component !== "api" || stated === undefined) return [];
  const sources = Object.keys(stated.sources);
  const name = `restore-data-${environment}`;
  const own = `${environment}-restore`;
  const states = `data.restoredFrom: [${data.restoredFrom.join(", ")}]\ndata.restore.by: ${stated.by}`;
  const asked: ScriptStep[] = [
    { name: "Is it the one allowed person?", states, env: { OWNER: stated.by }, script: "gates/owner.sh" },
    {
      name: "Is it confirmed?",
      env: { EXPECTED: environment, TYPED: expression("inputs.confirm") },
      script: "gates/confirm.sh",
    },
  ];
  const audit = { title: `Restored data in ${environment}`, label: name, by: stated.by };
  const confirm = job({
    name: "Typed",
    minutes: 5,
    lock: { group: `${name}-confirm`, comment: "Those that wait keep their turn." },
    steps: asked,
  });
  const restore = job({
    name: "Restore",
    needs: ["confirm"],
    minutes: 360,
    lock: { group: lockOf(rules), comment: "Not while a deploy runs; it is never cut off." },
    environment: {
      name: own,
      states: `Its one reviewer is ${stated.by}: GitHub asks before this job starts.`,
    },
    steps: [
      ...asked,
      { ...writtenDown(audit, "Write down that it starts"), id: "starts" },
      {
        name: "Copy the data",
        env: {
          [HEROKU.token]: expression(`secrets.${HEROKU.token}`),
          [HEROKU.app]: expression(`vars.${HEROKU.app}`),
          SOURCE: expression("inputs.source"),
          SOURCE_URL: noted("Of the chosen environment alone.", chosen(sources)),
        },
        script: "workflows/steps/restore.sh",
      },
      {
        ...writtenDown(audit, "Write down how it ended"),
        if: "always() && steps.starts.outcome == 'success'",
        env: {
          ...writtenDown(audit, "").env,
          RESULT: expression("format('ended: {0}', job.status)"),
        },
      },
    ],
  });
  const source = {
    description: `Whose data is put in place of the data of ${environment}`,
    type: "choice",
    options: sources,
    required: true,
  };
  const typed = {
    description: `Type ${environment} to replace all of its data`,
    type: "string",
    required: true,
  };
  return [
    {
      file: fileAt(name, "data.restore", target, {
        name: `Restore data in ${environment}`,
        on: noted(states, { workflow_dispatch: { inputs: { source, confirm: typed } } }),
        jobs: { confirm, restore },
      }),
      requires: [
        requirement(target, own, {
          approval: { by: [`user ${stated.by}`], self: "allowed" },
          secrets: [HEROKU.token, ...sources.map(restoreSecret)],
          variables: [HEROKU.app],
        }),
      ],
    },
  ];
}

// Each by its name: `secrets[…]` would put all of them within reach of the step.
function chosen(sources: string[]): string {
  const each = sources.map((source) => `inputs.source == '${source}' && secrets.${restoreSecret(source)}`);
  return expression(`${each.join(" || ")} || ''`);
}

function writtenDown(
  { title, label, by }: { title: string; label: string; by: string },
  name: string,
): ScriptStep & { env: Record<string, Node> } {
  return {
    name,
    env: {
      ...TOKEN,
      COMMAND: expression("format('restore from {0}', inputs.source)"),
      LABEL: label,
      TITLE: plain(title),
      PERSON: by,
      RUN,
    },
    script: "workflows/steps/audit.sh",
    permissions: { issues: { access: "write", why: "to write down what is done with the data" } },
  };
}
