import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { scratch } from "../../support/projects";
import { commit, git } from "../deploys/checkout";
import { evaluated } from "../deploys/expressions";
import { APP, type Course, herokuPlatform, TOKEN } from "../deploys/heroku-platform";
import { loopback } from "../deploys/loopback";
import { type Ended, type Job, read, runWorkflow } from "../deploys/runner";
import { type GitHubState, gitHub, gitHubState, type Pull, tokenFor } from "./github-on-git";

/** A call of `stagewright` as the stand-in saw it. */
export interface Call {
  args: string[];
  env: Record<string, string>;
}

/** How `stagewright env` behaves. */
export interface Behaviour {
  /** A creation fails, with what it leaves: nothing, or something half-made. */
  create?: { code: number; error?: string; leaves?: boolean };
  /** That many destructions fail. */
  destroy?: number;
  /** What a reaper answers, and its exit code. */
  reaped?: object;
  code?: number;
}

export const SECRETS = {
  HEROKU_API_KEY: TOKEN,
  PULUMI_ACCESS_TOKEN: "pul-geheim",
  PULUMI_CONFIG_PASSPHRASE: "passphrase-geheim",
  NETLIFY_AUTH_TOKEN: "netlify-geheim",
  STAGEWRIGHT_GITHUB_TOKEN: "ghp_geheim",
};

const PROCFILE = "release: python manage.py migrate\nweb: gunicorn app\n";

/** A repository with pull requests, its previews, and who plays the vendors. */
export class Previewing {
  readonly state: GitHubState;
  readonly checkout: string;
  readonly sha: string;
  readonly bin: string;
  readonly #files: Record<"calls" | "course" | "environments", string>;

  /**
   * @param npx what stands in for it. Default: a play of `stagewright env` that keeps its
   *   environments in a file. @param files of the commit
   */
  constructor(
    readonly repository: string,
    npx?: string,
    files: Record<string, string> = {},
  ) {
    const dir = scratch();
    this.state = { ...gitHubState(repository), pulls: [] };
    this.checkout = path.join(dir, "checkout");
    this.sha = commit(this.checkout, { Procfile: PROCFILE, ...files });
    this.bin = path.join(dir, "bin");
    mkdirSync(this.bin);
    const [calls, course, environments] = ["calls", "course", "environments"].map((name) =>
      path.join(dir, name),
    );
    this.#files = { calls: calls ?? "", course: course ?? "", environments: environments ?? "" };
    this.plays({});
    writeFileSync(this.#files.environments, "{}");
    this.#executable("npm", "#!/bin/sh\nexit 0\n");
    this.#executable("curl", CURL);
    this.#executable(
      "npx",
      npx ?? `#!/usr/bin/env node\nconst FILES = ${JSON.stringify(this.#files)};\n${STAND_IN}`,
    );
  }

  #executable(name: string, text: string): void {
    writeFileSync(path.join(this.bin, name), text);
    chmodSync(path.join(this.bin, name), 0o755);
  }

  plays(course: Behaviour): void {
    writeFileSync(this.#files.course, JSON.stringify(course));
  }

  /** Opens a pull request of the checkout's commit. */
  pull(number = 7, more: Partial<Pull> = {}): Pull {
    const pull: Pull = {
      number,
      state: "open",
      head: { sha: this.sha, ref: "feature/x", repo: this.repository },
      author: "octocat",
      labels: [],
      comments: [],
      ...more,
    };
    this.state.pulls?.push(pull);
    return pull;
  }

  /** Pushes a commit to a pull request's branch. */
  push(pull: Pull): string {
    writeFileSync(path.join(this.checkout, "app.py"), `# ${Math.random()}\n`);
    git(this.checkout, "add", "--all");
    git(this.checkout, "commit", "--quiet", "--message=More");
    pull.head.sha = git(this.checkout, "rev-parse", "HEAD").trim();
    return pull.head.sha;
  }

  green(sha: string, context = "ci"): void {
    this.state.statuses.push({ sha, context, state: "success" });
  }

  get calls(): Call[] {
    if (!existsSync(this.#files.calls)) return [];
    const lines = readFileSync(this.#files.calls, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Call);
  }

  /** The commands without `--no-install stagewright env`, one a line. */
  get commands(): string[] {
    return this.calls.map(({ args }) => args.slice(3).join(" "));
  }

  get environments(): string[] {
    return Object.keys(JSON.parse(readFileSync(this.#files.environments, "utf8")) as object);
  }

  /** Something that somebody has made. */
  made(name: string): void {
    const all = JSON.parse(readFileSync(this.#files.environments, "utf8")) as Record<string, object>;
    all[name] = { name, created: "2026-01-05T08:00:00.000Z" };
    writeFileSync(this.#files.environments, JSON.stringify(all));
  }

  /** Runs a workflow for what happened to a pull request, or by the clock. */
  async run(
    file: WorkflowFile,
    { pull, event, action = "synchronize", label, inputs, vars, heroku, beforeJob, env }: Happening = {},
  ): Promise<Ended & { heroku: string[] }> {
    const vendors = { github: await gitHub(this.state), heroku: await herokuPlatform(heroku) };
    const site = await loopback(() => ({ status: 200 }));
    const { repository } = this;
    try {
      const ended = await runWorkflow(file, {
        event: event ?? (pull ? "pull_request_target" : "schedule"),
        sha: this.sha,
        checkout: this.checkout,
        secrets: SECRETS,
        vars: { PULUMI_BACKEND_URL: "s3://state", ...vars },
        ...(inputs && { inputs }),
        github: { repository, event: pull ? eventOf(pull, action, label) : {} },
        token: ({ permissions }: Job) => tokenFor(permissions),
        ...(beforeJob && { beforeJob }),
        env: {
          PATH: `${this.bin}:${process.env.PATH}`,
          GITHUB_API_URL: vendors.github.address,
          GITHUB_REPOSITORY: repository,
          HEROKU_API_URL: vendors.heroku.address,
          STAND_IN_URL: site.address,
          POLL_SECONDS: "0",
          RETRY_SECONDS: "0",
          CHECKS_SECONDS: "1",
          HEALTH_SECONDS: "0",
          ...env,
        },
      });
      const problems = [...vendors.github.problems, ...vendors.heroku.problems];
      if (problems.length > 0) throw new Error(problems.join("\n"));
      return { ...ended, heroku: vendors.heroku.received.map(({ method, url }) => `${method} ${url}`) };
    } finally {
      for (const each of [vendors.github, vendors.heroku, site]) await each.close();
    }
  }
}

export interface Happening {
  /** Default: the clock, or somebody by hand. */
  pull?: Pull;
  /** Default: `pull_request_target`, or without a pull request `schedule`. */
  event?: string;
  action?: string;
  /** The label that was added. */
  label?: string;
  /** What somebody typed who started it by hand. */
  inputs?: Record<string, string>;
  vars?: Record<string, string>;
  heroku?: Course;
  beforeJob?: (job: Job) => void;
  env?: Record<string, string>;
}

/** What GitHub says of what happened to a pull request. */
export function eventOf(
  { number, head, author, state, labels }: Pull,
  action: string,
  label: string | undefined,
) {
  return {
    action,
    ...(label !== undefined && { label: { name: label } }),
    pull_request: {
      number,
      state,
      head: { ...head, repo: { full_name: head.repo } },
      user: { login: author },
      labels: labels.map((name) => ({ name })),
    },
    repository: { default_branch: "master" },
  };
}

/** The concurrency group of a workflow's run. */
export async function groupOf(
  file: WorkflowFile,
  pull: Pull,
  action: string,
  label?: string,
): Promise<string> {
  const [, before = "", expression = ""] =
    /^(.*?)\$\{\{ (.+) \}\}$/.exec(read(file).concurrency?.group ?? "") ?? [];
  const github = { event: eventOf(pull, action, label), run_id: "42" };
  return before + (await evaluated(expression, { github }, { failed: false })).text;
}

// What a rehearsed app would answer, the stand-in of the site does.
const CURL = `#!/usr/bin/env bash
PATH=\${PATH#*:}
case "\${!#}" in https://*.herokuapp.com) set -- "\${@:1:$#-1}" "$STAND_IN_URL" ;; esac
exec curl "$@"
`;

// Plays `npx --no-install stagewright env`, with the answers of docs/ephemeral.md.
const STAND_IN = `
const fs = require("node:fs");
const [, , ...args] = process.argv;
fs.appendFileSync(FILES.calls, JSON.stringify({ args, env: process.env }) + "\\n");
const course = JSON.parse(fs.readFileSync(FILES.course, "utf8"));
const all = JSON.parse(fs.readFileSync(FILES.environments, "utf8"));
const [, , , command, name] = args;
const after = (flag) => { const found = args.findIndex((arg) => arg.split("=")[0] === flag); return found < 0 ? undefined : args[found].split("=")[1] ?? args[found + 1]; };
const now = new Date().toISOString();
const view = () => ({ name, stack: "eph-" + name, like: after("--like") ?? "staging", owner: after("--owner") ?? null, branch: after("--branch") ?? null,
  urls: { api: process.env.STAND_IN_URL }, places: { app: "${APP}" }, cost: 7, created: all[name]?.created ?? now, updated: now,
  expires: "2026-01-08T08:00:00.000Z", ttl: after("--ttl") ?? "72h", state: "ready", due: "later",
  shared: after("--database") === "shared" ? ["database of staging"] : [] });
const end = (answer, code = 0) => {
  fs.writeFileSync(FILES.environments, JSON.stringify(all));
  console.error("::add-mask::powerless");
  if (answer !== undefined) console.log(JSON.stringify(answer));
  process.exitCode = code;
};
if (command === "create") {
  const wish = course.create;
  if (wish) {
    if (wish.leaves && !all[name]) all[name] = { name, created: null };
    end(wish.error === undefined ? undefined : { name, error: wish.error }, wish.code);
  } else {
    all[name] = view();
    end(all[name]);
  }
} else if (command === "extend") {
  all[name] = view();
  end(all[name]);
} else if (command === "list") {
  end({ environments: Object.values(all) });
} else if (command === "destroy") {
  if (course.destroy > 0) {
    fs.writeFileSync(FILES.course, JSON.stringify({ ...course, destroy: course.destroy - 1 }));
    end(undefined, 3);
  } else {
    const destroyed = name in all;
    delete all[name];
    end({ name, destroyed });
  }
} else if (command === "reap") {
  end({ destroyed: [], soon: [], busy: [], failed: [], orphans: [], unasked: [], ...course.reaped }, course.code ?? 0);
}
`;
