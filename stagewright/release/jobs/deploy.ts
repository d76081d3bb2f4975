import { expression, type Node } from "../document";
import { errors } from "../gates/errors";
import { isAsked, newer } from "../gates/newer";
import { window } from "../gates/window";
import { line, lockOf } from "../rules";
import { migratesByHand, migrationName, type Target } from "../target";
import { deployedTask, verifiedTask } from "../tasks";
import { verificationStates } from "../verified";
import type { Way } from "../ways";
import { job, type Step } from "./job";
import { records } from "./records";
import type { Preliminaries } from "./rules";
import type { Vendor } from "./vendor";
import { vendorOf } from "./vendors";

const VERIFY_MINUTES = 120;

/**
 * The job that deploys: what must hold at the very moment, the deploy, whether it serves, and the
 * verification.
 */
export function deploy(target: Target, way: Way, { needs, if: condition, commit }: Preliminaries): Node {
  const { rules, environment, component } = target;
  const { approval } = rules.gates;
  const byHand = migratesByHand(target);
  const outputs = {
    ...(isAsked(target) && { superseded: expression("steps.newer.outputs.go == 'false'") }),
    ...(byHand && { waits: expression("steps.health.outputs.waits") }),
  };
  const vendor = vendorOf(target, commit, way);
  const record = records({
    task: deployedTask(component),
    environment,
    commit,
    address: vendor.address,
    mayWait: byHand,
    env:
      way.hand && rules.hotfix ? { HOTFIX_REASON: expression("inputs.hotfix && inputs.reason || ''") } : {},
  });
  const verification = verify(target, vendor, commit);
  return job({
    name: vendor.name,
    ...(needs.length > 0 && { needs }),
    if: condition,
    minutes: vendor.minutes + (verification.length > 0 ? VERIFY_MINUTES : 0),
    lock: { group: lockOf(rules), comment: lockComment(target) },
    environment: {
      name: environment,
      address: vendor.address,
      ...(approval && {
        states: `${line(rules, ["gates", "approval"], approval)}\nThe environment's reviewers: GitHub asks them before this job starts.`,
      }),
    },
    ...(Object.keys(outputs).length > 0 && { outputs }),
    steps: [
      ...newer({ target, way, commit }),
      // Again: an approval may take hours.
      ...window({ target, way, commit }),
      ...errors({ target, way, commit }),
      ...vendor.prepare,
      record.begins,
      ...vendor.deploy,
      {
        name: "Wait until it answers",
        id: "health",
        if: "steps.deploy.outputs.skipped != 'true'",
        env: {
          ADDRESS: expression(`vars.${vendor.address}`),
          ...(byHand && { MIGRATE: migrationName(target) }),
        },
        script: "steps/health.sh",
      },
      ...vendor.restore,
      record.ended,
      ...verification,
    ],
  });
}

function verify(target: Target, vendor: Vendor, commit: string): Step[] {
  const { rules, environment, component } = target;
  if (!rules.verify) return [];
  const record = records({
    task: verifiedTask(component),
    environment,
    commit,
    address: vendor.address,
    if: `steps.deploy.outputs.skipped != 'true'${migratesByHand(target) ? " && steps.health.outputs.waits != 'true'" : ""}`,
  });
  const condition = "steps.verify-record.outputs.id";
  const states = verificationStates(target);
  const step = vendor.commands.run("verify");
  const named: Step =
    "script" in step
      ? { ...step, name: "Verify", states, if: condition }
      : { ...step, states, step: { ...step.step, name: "Verify", if: condition } };
  return [record.begins, named, record.ended];
}

function lockComment({ rules }: Target): string {
  if (rules.exclusive === undefined)
    return "One deploy at a time: it is never cut off, and those that wait keep their turn.";
  return (
    `${line(rules, ["exclusive"], rules.exclusive)}\n` +
    "One at a time of all jobs of this repository under this name; none is cut off, and those that wait keep their turn.\n" +
    "GitHub's locks end at the repository: a job of another one does not see it."
  );
}
