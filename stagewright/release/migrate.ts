import { expression, type Node, noted, render } from "./document";
import { TOKEN } from "./gates/gate";
import { header } from "./header";
import { job, named } from "./jobs/job";
import { records } from "./jobs/records";
import { vendorFor } from "./jobs/vendors";
import { line, lockOf } from "./rules";
import type { Target } from "./target";
import { deployedTask, migratedTask } from "./tasks";
import type { WorkflowFile } from "./workflow-file";

/** The workflow that migrates by hand, confirmed by typing, with the code that is deployed. Only where the spec says so. */
export function migration(target: Target): WorkflowFile[] {
  const { rules, component, environment, repository } = target;
  const { migrations } = rules;
  if (migrations?.when !== "by hand" || component !== "api") return [];
  const states = line(rules, ["migrations"], migrations);
  const commit = expression("steps.pin.outputs.commit");
  const { address, commands } = vendorFor(target);
  const record = records({ task: migratedTask(component), environment, commit, address });
  const migrate: Node = job({
    name: "Migrate",
    repository,
    minutes: 90,
    lock: { group: lockOf(rules), comment: "Not while a deploy runs." },
    environment: { name: environment, address },
    steps: [
      {
        name: "Is it confirmed?",
        env: { EXPECTED: environment, TYPED: expression("inputs.confirm") },
        script: "gates/confirm.sh",
      },
      {
        name: "Which commit is deployed?",
        id: "pin",
        env: { ...TOKEN, AFTER: environment, TASK: deployedTask(component) },
        script: "pin/after.sh",
        permissions: { deployments: { access: "read", why: "to see what is deployed" } },
      },
      ...(commands.locally ? [commands.locally("migrate")] : []),
      record.begins,
      named(commands.run("migrate"), `Migrate ${commands.where}`, states),
      record.ended,
    ],
  });
  return [
    {
      path: `.github/workflows/migrate-${component}-${environment}.yml`,
      repository,
      branch: undefined,
      content: render(header(`release.${component}.migrations`, target), {
        name: `Migrate ${component} of ${environment}`,
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
