import { expression, type Node } from "../document";
import { TOKEN } from "../gates/gate";
import type { Permissions, ScriptStep } from "./job";

const WRITE: Permissions = {
  deployments: { access: "write", why: "to record what was done with the commit" },
};

/**
 * The address of the run.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 */
export const RUN = expression(
  "format('{0}/{1}/actions/runs/{2}', github.server_url, github.repository, github.run_id)",
);

/** What is recorded at GitHub, for the gates of other environments. */
export interface Recorded {
  /** For example `deploy:api`, `verify:api`, `migrate:api`. */
  task: string;
  environment: string;
  /** The expression for the commit. */
  commit: string;
  /** Name of the variable with the address of what is deployed. */
  address: string;
  /** More values for the steps, such as the reason of a hotfix. */
  env?: Record<string, Node>;
  /** Whether it may end as neither, waiting for a migration by hand. Default: no. */
  mayWait?: boolean;
  /** When it is recorded at all. Default: always. */
  if?: string;
}

/** The steps that record that something begins, and how it ended: they go around it. */
export function records({ task, environment, commit, address, env, mayWait, if: condition }: Recorded): {
  begins: ScriptStep;
  ended: ScriptStep;
} {
  const id = `${task.split(":")[0]}-record`;
  return {
    begins: {
      name: `Record that ${task} begins`,
      id,
      ...(condition !== undefined && { if: condition }),
      env: { ...TOKEN, COMMIT: commit, TASK: task, ENVIRONMENT: environment, RUN, ...env },
      script: "steps/record.sh",
      permissions: WRITE,
    },
    ended: {
      name: `Record how ${task} ended`,
      if: `always() && steps.${id}.outputs.id`,
      env: {
        ...TOKEN,
        ID: expression(`steps.${id}.outputs.id`),
        STATUS: expression("job.status"),
        ...(task.startsWith("deploy") && { SKIPPED: expression("steps.deploy.outputs.skipped") }),
        ...(mayWait && { WAITS: expression("steps.health.outputs.waits") }),
        RUN,
        ADDRESS: expression(`vars.${address}`),
      },
      script: "steps/recorded.sh",
      permissions: WRITE,
    },
  };
}
