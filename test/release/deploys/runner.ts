import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { evaluated } from "./expressions";

interface Step {
  name: string;
  id?: string;
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  shell?: string;
  run?: string;
}

export interface Job {
  name: string;
  needs?: string[];
  if: string;
  "runs-on": string;
  "timeout-minutes": number;
  permissions: Record<string, string>;
  concurrency: { group: string; "cancel-in-progress": boolean; queue?: string };
  environment?: { name: string; url?: string; deployment: boolean };
  strategy?: { matrix: Record<string, string[]> };
  outputs?: Record<string, string>;
  steps: Step[];
}

export interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  jobs: Record<string, Job>;
}

/** A workflow as GitHub reads it. */
export function read({ content }: Pick<WorkflowFile, "content">): Workflow {
  return parse(content) as Workflow;
}

/** A run, and the world in which it happens. */
export interface Run {
  /** Default: push. */
  event?: string;
  /** Who started it, and who ran it again. */
  actor?: string;
  triggeringActor?: string;
  /** The commit of the event. */
  sha: string;
  inputs?: Record<string, unknown>;
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  /** More of the context `github`. */
  github?: Record<string, unknown>;
  /** What the steps find in their environment: addresses of stand-ins, the clock. */
  env?: Record<string, string>;
  /** The same for the steps of one job, by its id. */
  jobEnv?: Record<string, Record<string, string>>;
  /** The checkout: it is there already, at whatever commit. */
  checkout: string;
  /** The token of a job. Default: one for all. */
  token?: (job: Job) => string;
  /** Called before a job starts, for what happens while it waits. */
  beforeJob?: (job: Job) => void;
}

export interface Ended {
  /** `success`, `failure` or `skipped`, by job. */
  results: Record<string, string>;
  /** What ran, as `job/Name of the step: outcome`. */
  steps: string[];
  output: string;
  summary: string;
}

interface World extends Run {
  folder: string;
  /** What is different in each of the jobs of a matrix. */
  matrix: Record<string, string>;
}

interface JobEnd {
  result: string;
  outputs: Record<string, string>;
}

/**
 * Runs every job and step of a workflow as GitHub does: conditions, expressions and outputs are
 * resolved, scripts run in real bash.
 */
export async function runWorkflow(file: Pick<WorkflowFile, "content">, run: Run): Promise<Ended> {
  const folder = mkdtempSync(path.join(path.dirname(run.checkout), "run-"));
  const world = { ...run, folder, matrix: {} };
  const ends: Record<string, JobEnd> = {};
  const ended: Ended = { results: {}, steps: [], output: "", summary: "" };
  writeFileSync(path.join(folder, "summary"), "");
  for (const [id, job] of Object.entries(read(file).jobs)) {
    const all: JobEnd[] = [];
    for (const matrix of matricesOf(job)) all.push(await runJob(id, job, { ...world, matrix }, ends, ended));
    const end = all.find(({ result }) => result === "failure") ??
      all[0] ?? { result: "skipped", outputs: {} };
    ends[id] = end;
    ended.results[id] = end.result;
  }
  ended.summary = readFileSync(path.join(folder, "summary"), "utf8");
  return ended;
}

function matricesOf({ strategy }: Job): Record<string, string>[] {
  const [stated] = Object.entries(strategy?.matrix ?? {});
  return stated ? stated[1].map((value) => ({ [stated[0]]: value })) : [{}];
}

async function runJob(
  id: string,
  job: Job,
  world: World,
  ends: Record<string, JobEnd>,
  ended: Ended,
): Promise<JobEnd> {
  const needs = Object.fromEntries((job.needs ?? []).map((need) => [need, ends[need]]));
  const contexts: Record<string, unknown> = { ...contextsOf(world, job), needs, matrix: world.matrix };
  const before = Object.values(needs).every((end) => end?.result === "success");
  if (!(await holds(job.if, contexts, !before))) return { result: "skipped", outputs: {} };

  world.beforeJob?.(job);
  let failed = false;
  const temporary = mkdtempSync(path.join(world.folder, `${id}-`));
  const steps: Record<string, { outcome: string; outputs: Record<string, string> }> = {};
  for (const step of job.steps) {
    const now = { ...contexts, steps, job: { status: failed ? "failure" : "success" } };
    let outcome = "skipped";
    let outputs = {};
    if (await holds(step.if ?? "success()", now, failed)) {
      const result = await runStep(
        step,
        now,
        { ...world, env: { ...world.env, ...world.jobEnv?.[id] } },
        temporary,
      );
      outcome = result.code === 0 ? "success" : "failure";
      failed ||= result.code !== 0;
      outputs = result.outputs;
      ended.output += result.output;
    }
    if (step.id !== undefined) steps[step.id] = { outcome, outputs };
    ended.steps.push(`${id}/${step.name}: ${outcome}`);
  }
  const outputs: Record<string, string> = {};
  for (const [name, text] of Object.entries(job.outputs ?? {}))
    outputs[name] = await resolved(text, { ...contexts, steps }, failed);
  return { result: failed ? "failure" : "success", outputs };
}

function contextsOf(
  { event = "push", actor = "anton", sha, inputs, secrets, vars, github, token }: World,
  job: Job,
) {
  const repository = "team/app";
  return {
    github: {
      event_name: event,
      actor,
      sha,
      repository,
      token: "ghs_token",
      server_url: "https://github.com",
      run_id: "1",
      event: {},
      ...github,
      ...(token && { token: token(job) }),
    },
    inputs: inputs ?? {},
    secrets: secrets ?? {},
    vars: vars ?? {},
  };
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
async function holds(
  condition: string,
  contexts: Record<string, unknown>,
  failed: boolean,
): Promise<boolean> {
  const { truthy, asksTheCourse } = await evaluated(condition, contexts, { failed });
  return truthy && (asksTheCourse || !failed);
}

async function resolved(text: string, contexts: Record<string, unknown>, failed: boolean): Promise<string> {
  let result = "";
  let rest = String(text);
  for (;;) {
    const found = /\$\{\{ (.+?) \}\}/.exec(rest);
    if (!found) return result + rest;
    const { text: value } = await evaluated(found[1] ?? "", contexts, { failed });
    result += rest.slice(0, found.index) + value;
    rest = rest.slice(found.index + found[0].length);
  }
}

async function runStep(step: Step, contexts: Record<string, unknown>, world: World, temporary: string) {
  if (step.uses !== undefined) return { code: 0, output: "", outputs: {} };
  if (step.shell !== "bash")
    throw new Error(`${step.name}: a step without shell: bash runs without pipefail`);
  const env: Record<string, string> = {};
  for (const [name, text] of Object.entries(step.env ?? {}))
    env[name] = await resolved(text, contexts, false);
  const folder = mkdtempSync(path.join(temporary, "step-"));
  const files = {
    GITHUB_OUTPUT: path.join(folder, "output"),
    GITHUB_STEP_SUMMARY: path.join(world.folder, "summary"),
  };
  writeFileSync(files.GITHUB_OUTPUT, "");
  const { event = "push", actor = "anton", triggeringActor = actor, sha } = world;
  const { code, output } = await bash(step.run ?? "", world.checkout, folder, {
    GITHUB_EVENT_NAME: event,
    GITHUB_ACTOR: actor,
    GITHUB_TRIGGERING_ACTOR: triggeringActor,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: "team/app",
    GITHUB_RUN_ID: "1",
    RUNNER_TEMP: temporary,
    ...files,
    ...world.env,
    ...env,
  });
  const lines = readFileSync(files.GITHUB_OUTPUT, "utf8").split("\n").filter(Boolean);
  return { code, output, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
function bash(
  script: string,
  cwd: string,
  folder: string,
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const temporary = path.join(folder, "tmp");
  mkdirSync(temporary);
  const scriptFile = path.join(folder, "step.sh");
  writeFileSync(scriptFile, script);
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", scriptFile], {
    cwd,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, no_proxy: "127.0.0.1", ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      output += text.toString();
    });
  }
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done({ code, output }));
  });
}
