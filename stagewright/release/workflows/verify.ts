import { expression } from "../document";
import { READ_RECORDS, TOKEN } from "../gates/gate";
import { job, named } from "../jobs/job";
import { records } from "../jobs/records";
import { vendorFor } from "../jobs/vendors";
import { line, lockOf } from "../rules";
import { checkout } from "../steps/checkout";
import type { Target } from "../target";
import { deployedTask, verifiedTask } from "../tasks";
import { verificationStates } from "../verified";
import { byTheClock, onlyThen } from "./clock";
import { type Further, fileOf, requirement } from "./further";

const MINUTES = 120;

/**
 * Verifies by the clock what is deployed then (after a deploy, its own job does). Under the lock of
 * the deploys, so that neither another verification nor a deploy runs at the same time. In a GitHub
 * environment of its own: nobody is asked to approve it.
 */
export function verification(target: Target): Further[] {
  const { rules, component, environment } = target;
  const { verify } = rules;
  if (verify?.schedule === undefined) return [];
  const stated = line(rules, ["verify", "schedule"], verify.schedule);
  const commit = expression("steps.pin.outputs.commit");
  const { address, commands } = vendorFor(target);
  const record = records({ task: verifiedTask(component), environment, commit, address });
  const own = `${environment}-verify`;

  const verifying = job({
    name: "Verify",
    minutes: MINUTES,
    lock: { group: lockOf(rules), comment: "Neither while a deploy runs, nor two at once; none is cut off." },
    environment: { name: own, address },
    steps: [
      ...onlyThen(target, verify.schedule, stated, verifiedTask(component)),
      {
        name: "Which commit is deployed?",
        id: "pin",
        env: { ...TOKEN, ENVIRONMENT: environment, TASK: deployedTask(component) },
        script: "workflows/steps/deployed.sh",
        permissions: READ_RECORDS,
        quiet: true,
      },
      ...(component === "gui" ? [checkout(commit)] : []),
      record.begins,
      named(commands.run("verify"), "Verify", verificationStates(target)),
      record.ended,
    ],
  });
  return [
    {
      file: fileOf("verify", target, "verify", {
        name: `Verify ${component} in ${environment}`,
        on: byTheClock(target, verify.schedule, stated),
        jobs: { verify: verifying },
      }),
      requires: [
        requirement(target, own, {
          secrets: [...commands.secrets],
          variables: [...commands.variables, address],
        }),
      ],
    },
  ];
}
