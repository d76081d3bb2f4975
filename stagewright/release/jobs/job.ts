import { annotated, expression, type Node, noted } from "../document";
import { read } from "../script";

/** What a job asks of GitHub's token, each with why. */
export type Permissions = Readonly<Record<string, { access: "read" | "write"; why: string }>>;

/** A step that runs a script of ours. */
export interface ScriptStep {
  name: string;
  /** The line of the spec that states it. Default: it is part of every such job. */
  states?: string;
  id?: string;
  if?: string;
  /**
   * Values that the script reads; those from outside as expressions, which a shell line must not
   * hold.
   */
  env?: Record<string, Node>;
  /** Its path from `stagewright/release/`. */
  script: string;
  permissions?: Permissions;
  /** Whether it may end the run without an error, by the output `go`: false. It needs an id. */
  quiet?: boolean;
}

/** A step in GitHub's own words. */
export interface PlainStep {
  states?: string;
  step: { [key: string]: Node };
  permissions?: Permissions;
}

export type Step = ScriptStep | PlainStep;

/** The step under another name, with the line of the spec that states it. */
export function named(step: Step, name: string, states: string): Step {
  return "script" in step ? { ...step, name, states } : { ...step, states, step: { ...step.step, name } };
}

/** One job of a workflow. */
export interface Job {
  /** Shown by GitHub, for example `Heroku`. */
  name: string;
  /** Ids of the jobs before it. Default: none. */
  needs?: string[];
  /** When it runs, besides not in a fork. */
  if?: string;
  /** Minutes after which GitHub ends it. */
  minutes: number;
  /** The concurrency group: one job at a time, never cut off. Default: that of its workflow. */
  lock?: { group: string; comment: string };
  /**
   * It runs once for each of these values of `matrix.NAME`, and one that fails stops no other.
   * Default: once.
   */
  each?: { name: string; of: Node[] };
  /**
   * The GitHub environment whose secrets and rules it has, and the variable with the address of
   * what is deployed.
   */
  environment?: { name: string; address?: string; states?: string };
  /** Values for all of its steps. */
  env?: Record<string, Node>;
  /** What later jobs may read, by name. */
  outputs?: Record<string, string>;
  steps: Step[];
}

// As GitHub says of the repository of the run, which may have been renamed since.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads: each event's `repository`
const NO_FORK = "!github.event.repository.fork";

/**
 * The job in a workflow, with the least rights. What its scripts share is written down once, by its
 * first step.
 */
export function job(job: Job): Node {
  const { name, needs, minutes, lock, each, environment, env, outputs, steps } = job;
  return {
    name,
    ...(needs && { needs }),
    if: noted("Not in a fork.", job.if === undefined ? NO_FORK : `${job.if} && ${NO_FORK}`),
    "runs-on": "ubuntu-24.04",
    "timeout-minutes": minutes,
    permissions: permissionsOf(steps),
    ...(lock && { concurrency: locked(lock, { queue: "max" }) }),
    ...(each && { strategy: { "fail-fast": false, matrix: { [each.name]: each.of } } }),
    ...(environment && { environment: environmentOf(environment) }),
    ...(env && Object.keys(env).length > 0 && { env }),
    ...(outputs && { outputs }),
    steps: [...functions(steps), ...built(steps)],
  };
}

/**
 * A concurrency group of which nothing that runs is cut off. With the queue `max`, GitHub keeps up
 * to 100 that wait, in their order; else the newest alone.
 * https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
 */
export function locked({ group, comment }: NonNullable<Job["lock"]>, keeps: { queue?: "max" } = {}): Node {
  return noted(comment, { group, "cancel-in-progress": false, ...keeps });
}

function environmentOf({ name, address, states }: NonNullable<Job["environment"]>): Node {
  return {
    name: states === undefined ? name : noted(states, name),
    ...(address !== undefined && { url: expression(`vars.${address}`) }),
    deployment: noted(
      address === undefined
        ? "Nothing is deployed by this job."
        : "Recorded by a step, for the commit that is deployed.",
      false,
    ),
  };
}

function permissionsOf(steps: Step[]): Node {
  const all = new Map<string, { access: "read" | "write"; why: Set<string> }>();
  for (const { permissions = {} } of steps) {
    for (const [scope, { access, why }] of Object.entries(permissions)) {
      const before = all.get(scope);
      all.set(scope, {
        access: before?.access === "write" ? "write" : access,
        why: new Set([...(before?.why ?? []), why]),
      });
    }
  }
  return Object.fromEntries(
    [...all].map(([scope, { access, why }]) => [scope, annotated(access, [...why].join("; "))]),
  );
}

const FUNCTIONS = "$RUNNER_TEMP/functions.sh";

function functions(steps: Step[]): Node[] {
  const sources = steps.flatMap((step) => ("script" in step ? read(step.script).sources : []));
  if (sources.length === 0) return [];
  const text = [...new Set(sources)].map((source) => read(source).body).join("\n");
  return [
    {
      name: "Write down what the steps share",
      shell: "bash",
      run: `cat >"${FUNCTIONS}" <<'FUNCTIONS'\n${text}FUNCTIONS\n`,
    },
  ];
}

function built(steps: Step[]): Node[] {
  const quiet: string[] = [];
  return steps.map((step) => {
    if (!("script" in step)) return quoted(step.states, guarded(step.step, quiet));
    const { name, id, env, states, script } = step;
    const node = {
      name,
      ...(id !== undefined && { id }),
      ...(step.if !== undefined && { if: step.if }),
      ...(env && { env }),
      shell: "bash",
      run: `source "${FUNCTIONS}"\n\n${read(script).body.trimStart()}`,
    };
    const result = quoted(states, guarded(node, quiet));
    if (step.quiet && id !== undefined) quiet.push(id);
    return result;
  });
}

function quoted(states: string | undefined, step: Node): Node {
  return states === undefined ? step : noted(states, step);
}

// What follows a step that ended the run quietly does nothing.
function guarded(step: { [key: string]: Node }, quiet: readonly string[]): Node {
  if (quiet.length === 0) return step;
  const go = goes(quiet);
  const { name = "", id, if: condition, ...rest } = step;
  const all = typeof condition === "string" ? `${condition} && ${go}` : go;
  return { name, ...(id !== undefined && { id }), if: all, ...rest };
}

/** The condition that none of these steps ended the run quietly. */
export function goes(quiet: readonly string[]): string {
  return quiet.map((id) => `steps.${id}.outputs.go != 'false'`).join(" && ");
}
