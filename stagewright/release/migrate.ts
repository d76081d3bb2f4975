import { expression, type Node, noted, render } from "./document";
import { TOKEN } from "./gates/gate";
import { header } from "./header";
import { job, named } from "./jobs/job";
import { RUN, records } from "./jobs/records";
import { vendorFor } from "./jobs/vendors";
import { line, lockOf } from "./rules";
import { migratesByHand, migrationName, type Target } from "./target";
import { deployedTask, migratedTask } from "./tasks";
import type { WorkflowFile } from "./workflow-file";

/**
 * The workflow that migrates by hand, confirmed by typing, with the code that runs: a deploy whose
 * code needs the migration does not answer before. Only where the spec says so.
 */
export function migration(target: Target): WorkflowFile[] {
  const { rules, component, environment, repository } = target;
  const { migrations } = rules;
  if (!migrations || !migratesByHand(target)) return [];
  const states = line(rules, ["migrations"], migrations);
  const commit = expression("steps.pin.outputs.commit");
  const { address, commands } = vendorFor(target);
  if (!commands.serving) return [];
  const record = records({ task: migratedTask(component), environment, commit, address });
  const migrate: Node = job({
    name: "Migrate",
    minutes: 90,
    lock: { group: lockOf(rules), comment: "Not while a deploy runs." },
    environment: { name: environment, address },
    steps: [
      {
        name: "Is it confirmed?",
        env: { EXPECTED: environment, TYPED: expression("inputs.confirm") },
        script: "gates/confirm.sh",
      },
      ...(commands.locally ? [commands.locally("migrate")] : []),
      { ...commands.serving, name: "Which commit runs there?", id: "pin" },
      record.begins,
      named(commands.run("migrate"), `Migrate ${commands.where}`, states),
      {
        name: "Wait until it answers",
        env: { ADDRESS: expression(`vars.${address}`) },
        script: "steps/health.sh",
      },
      record.ended,
      {
        name: "Is a deploy done by that?",
        env: { ...TOKEN, COMMIT: commit, TASK: deployedTask(component), ENVIRONMENT: environment, RUN },
        script: "steps/migrated.sh",
        permissions: record.ended.permissions,
      },
    ],
  });
  return [
    {
      path: `.github/workflows/migrate-${component}-${environment}.yml`,
      repository,
      branch: undefined,
      content: render(header(`release.${component}.migrations`, target), {
        name: migrationName(target),
        on: noted(states, {
          workflow_dispatch: {
            inputs: {
              confirm: { description: `Type ${environment} to migrate it`, type: "string", required: true },
            },
          },
        }),
        permissions: noted("Nothing, but for what a job asks for.", {}),
        jobs: { migrate },
      }),
    },
  ];
}
