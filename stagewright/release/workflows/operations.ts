import { expression, type Node, noted, plain } from "../document";
import { TOKEN } from "../gates/gate";
import { job, type ScriptStep } from "../jobs/job";
import { RUN } from "../jobs/records";
import { vendorFor } from "../jobs/vendors";
import { line, lockOf } from "../rules";
import type { Target } from "../target";
import { type Further, fileOf, nameOf, requirement } from "./further";

/**
 * Changes of the data by the one allowed person: started with the arguments and a typed
 * confirmation, approved by the same person (at three confirmations typed and approved twice),
 * written down in an issue, and run where the API runs. Throws one sentence for a GUI, which has no
 * data.
 */
export function operations(target: Target): Further[] {
  const { rules, environment } = target;
  const { operations: stated } = rules;
  if (!stated) return [];
  const states = line(rules, ["operations"], stated);
  const { commands } = vendorFor(target);
  if (!commands.operate)
    throw new Error(
      `${states}: data operations run where the API runs, so accepted is release.api.operations`,
    );
  const twice = stated.confirmations === 3;
  const environments = [`${environment}-operations`, ...(twice ? [`${environment}-operations-again`] : [])];
  const approval = { by: [`user ${stated.by}`], self: "allowed" as const };
  return [
    {
      file: fileOf("operate", target, "operations", {
        name: `Data operation in ${environment}`,
        on: noted(states, { workflow_dispatch: { inputs: inputs(environment, twice) } }),
        jobs: jobs(target, environments, twice, states),
      }),
      requires: environments.map((own, index) =>
        requirement(target, own, {
          approval,
          // Only the last approval opens the way to the app.
          ...(index === environments.length - 1 && {
            secrets: [...commands.secrets],
            variables: [...commands.variables],
          }),
        }),
      ),
    },
  ];
}

function inputs(environment: string, twice: boolean): Node {
  const text = (description: string): Node => ({ description, type: "string", required: true });
  return {
    arguments: text("Arguments of the operation"),
    ...(twice && { again: text("The same arguments once more") }),
    confirm: text(`Type ${environment} to change its data`),
  };
}

function jobs(
  target: Target,
  environments: string[],
  twice: boolean,
  states: string,
): { [id: string]: Node } {
  const { rules, environment } = target;
  const name = nameOf("operate", target);
  const { by = "" } = rules.operations ?? {};
  const steps = (says: string): ScriptStep[] => [
    {
      name: "Is it the one allowed person?",
      states,
      env: { OWNER: by },
      script: "gates/owner.sh",
    },
    {
      name: "Is it confirmed?",
      env: { EXPECTED: environment, TYPED: expression("inputs.confirm") },
      script: "gates/confirm.sh",
    },
    {
      name: "What is to be run?",
      id: "line",
      env: {
        PROGRAM: plain(rules.operations?.command ?? ""),
        ARGUMENTS: expression("inputs.arguments"),
        ...(twice && { ARGUMENTS_AGAIN: expression("inputs.again") }),
        SAYS: says,
      },
      script: "workflows/steps/operation.sh",
    },
  ];
  const approved = (own: string) => ({
    name: own,
    states: `Its one reviewer is ${by}: GitHub asks before this job starts.`,
  });
  const [first = "", second] = environments;
  return {
    confirm: job({
      name: "Typed",
      minutes: 5,
      lock: { group: `${name}-confirm`, comment: "Those that wait keep their turn." },
      steps: steps(`To be run once ${by} approves`),
    }),
    ...(second !== undefined && {
      approve: job({
        name: "Approved once",
        needs: ["confirm"],
        minutes: 5,
        lock: { group: `${name}-approve`, comment: "Those that wait keep their turn." },
        environment: approved(first),
        steps: steps(`To be run once ${by} approves again`),
      }),
    }),
    run: job({
      name: "Run",
      needs: second === undefined ? ["confirm"] : ["confirm", "approve"],
      minutes: 120,
      lock: { group: lockOf(rules), comment: "Not while a deploy runs; it is never cut off." },
      environment: approved(second ?? first),
      steps: [...steps("Runs"), audit(target, { id: "starts" }), ...running(target), audit(target, ENDED)],
    }),
  };
}

const ENDED = {
  if: "always() && steps.starts.outcome == 'success'",
  result: expression("format('ended: {0}', job.status)"),
};

function running(target: Target): ScriptStep[] {
  const { where, operate } = vendorFor(target).commands;
  return operate ? [{ ...operate, name: `Run it ${where}` }] : [];
}

function audit(
  target: Target,
  { id, if: condition, result }: { id?: string; if?: string; result?: string },
): ScriptStep {
  const { rules, environment, component } = target;
  return {
    name: result === undefined ? "Write down that it starts" : "Write down how it ended",
    ...(id !== undefined && { id }),
    ...(condition !== undefined && { if: condition }),
    env: {
      ...TOKEN,
      COMMAND: expression("steps.line.outputs.command"),
      LABEL: nameOf("operate", target),
      TITLE: `Data operations in ${environment} (${component})`,
      PERSON: rules.operations?.by ?? "",
      ...(result !== undefined && { RESULT: result }),
      RUN,
    },
    script: "workflows/steps/audit.sh",
    permissions: { issues: { access: "write", why: "to write down what is done with the data" } },
  };
}
