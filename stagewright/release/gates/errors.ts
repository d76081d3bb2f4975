import { expression, plain } from "../document";
import { line } from "../rules";
import { deployedTask } from "../tasks";
import { type Gate, READ_RECORDS, TOKEN } from "./gate";

/** The GitHub environment's secret with the token that may only read Sentry's issues. */
export const SENTRY_TOKEN = "SENTRY_AUTH_TOKEN";

/** Sentry has seen no new error. Asked last, in the job that has the environment's secrets. */
export const errors: Gate = ({ target: { rules, errors, environment, component }, commit }) => {
  if (Object.keys(rules.gates.errors).length === 0) return [];
  if (!errors)
    throw new Error(
      `${line(rules, ["gates", "errors"], rules.gates.errors)}: the environment ${environment} has no 'errors' section that names the Sentry organization`,
    );
  return [
    {
      name: "Did Sentry see no new error?",
      states: line(rules, ["gates", "errors"], rules.gates.errors),
      env: {
        ...TOKEN,
        [SENTRY_TOKEN]: expression(`secrets.${SENTRY_TOKEN}`),
        COMMIT: commit,
        TASK: deployedTask(component),
        ORGANIZATION: plain(errors.organization),
        ERRORS: JSON.stringify(rules.gates.errors),
        NAMES: plain(JSON.stringify({ [environment]: errors.environment })),
      },
      script: "gates/errors.sh",
      permissions: READ_RECORDS,
    },
  ];
};
