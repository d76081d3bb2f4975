import { expression } from "../document";
import { SENTRY_TOKEN } from "../gates/errors";
import { TOKEN } from "../gates/gate";
import { job } from "../jobs/job";
import { line } from "../rules";
import type { Target } from "../target";
import { byTheClock, onlyThen } from "./clock";
import { type Further, fileOf, nameOf, requirement } from "./further";

/**
 * Looks at Sentry's errors of the environment at stated times, and tells the stated person of new
 * ones by an issue. Throws one sentence where the environment has no errors section.
 */
export function logWatch(target: Target): Further[] {
  const { rules, component, environment, errors } = target;
  const { logWatch: stated } = rules;
  if (!stated) return [];
  const states = line(rules, ["logWatch"], stated);
  if (!errors)
    throw new Error(
      `${states}: the environment ${environment} has no 'errors' section that names the Sentry project`,
    );
  const name = nameOf("watch", target);
  const own = `${environment}-watch`;

  const watch = job({
    name: "Watch",
    minutes: 15,
    lock: { group: name, comment: "One look at a time: there is one issue." },
    environment: { name: own },
    steps: [
      ...onlyThen(target, stated.schedule, states),
      {
        name: "Did Sentry see new errors since the last look?",
        states,
        env: {
          ...TOKEN,
          [SENTRY_TOKEN]: expression(`secrets.${SENTRY_TOKEN}`),
          ORGANIZATION: errors.organization,
          PROJECT: errors.project,
          SENTRY_ENVIRONMENT: errors.environment,
          PERSON: stated.tell,
          LABEL: name,
          TITLE: `Errors in ${environment} (${component})`,
          WATCH_WORKFLOW: `${name}.yml`,
        },
        script: "workflows/steps/watch.sh",
        permissions: {
          issues: { access: "write", why: "to tell by an issue" },
          actions: { access: "read", why: "to see when the last look was" },
        },
      },
    ],
  });
  return [
    {
      file: fileOf("watch", target, "logWatch", {
        name: `Watch the errors of ${component} in ${environment}`,
        on: byTheClock(target, stated.schedule, states),
        jobs: { watch },
      }),
      requires: [requirement(target, own, { secrets: [SENTRY_TOKEN] })],
    },
  ];
}
