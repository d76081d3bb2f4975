import { line, type Rules } from "../rules";
import { deployedTask, verifiedTask } from "../tasks";
import { type Gate, READ_RECORDS, TOKEN } from "./gate";

/** The same commit was in the stated environments before. */
export const environments: Gate = ({ target: { rules }, commit }) => {
  const required = requiredOf(rules);
  if (required.length === 0) return [];
  return [
    {
      name: "Did the commit pass the environments before?",
      states: [...new Set(required.map(({ states }) => states))].join("\n"),
      env: {
        ...TOKEN,
        COMMIT: commit,
        REQUIRED: asLines(required),
      },
      script: "gates/environments.sh",
      permissions: READ_RECORDS,
    },
  ];
};

/** One environment and one of our records a line. */
export function asLines(required: readonly Required[]): string {
  return required.map(({ environment, task }) => `${environment} ${task}`).join("\n");
}

interface Required {
  environment: string;
  task: string;
  states: string;
}

/** Everything that the commit must have passed elsewhere. */
export function requiredOf(rules: Rules): Required[] {
  const { component, gates, migrations } = rules;
  const required = Object.entries(gates.environments).flatMap(([environment, step]) => {
    const states = line(rules, ["gates", "environments", environment], step);
    const deployed = { environment, task: deployedTask(component), states };
    return step === "deployed"
      ? [deployed]
      : [deployed, { environment, task: verifiedTask(component), states }];
  });
  if (migrations?.testedIn === undefined) return required;
  // A deploy that migrates is successful only if its migration was.
  const task = `${migrations.when === "by hand" ? "migrate" : "deploy"}:${component}`;
  const states = line(rules, ["migrations", "testedIn"], migrations.testedIn);
  return [...required, { environment: migrations.testedIn, task, states }];
}
