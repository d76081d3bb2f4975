import { type EnvironmentSpec, environment } from "../../../stagewright/environment/schema/environment";
import type { WorkflowFile } from "../../../stagewright/release/workflow-file";
import { furtherWorkflows } from "../../../stagewright/release/workflows";
import { scratch } from "../../support/projects";
import { type Files, GitRepository } from "./git-repository";
import { gitHubState } from "./github-on-git";
import { type Ran, run, type Wish } from "./run";

export const GUI = "dandi/dandiarchive";
export const API = "dandi/dandi-api";

const CI = ".github/workflows/ci.yml";
const OURS = {
  production: ".github/workflows/deploy-gui-production.yml",
  staging: ".github/workflows/deploy-gui-staging.yml",
};

/** The first release: what both branches held before Stagewright came. */
export const FIRST: Files = { "web/index.html": "one", "web/old.css": "old", [CI]: "on: push" };
/** The work that waits in staging. */
export const SECOND: Files = { "web/index.html": "two", "web/new.css": "new", [CI]: "on: push" };

/** How the jobs end when all goes well, and when nothing may be promoted. */
export const ALL = { check: "success", promote: "success", deploy: "success" };
export const REFUSED = { check: "failure", promote: "skipped", deploy: "skipped" };

/** The calls that change something. */
export const writes = (calls: string[]) => calls.filter((call) => !call.startsWith("GET"));

const folder = scratch();

interface Options extends Partial<Wish> {
  spec?: EnvironmentSpec;
}

/** DANDI's GUI with its promotion, and these further rules. */
export function guiSpec(gui: object = {}): EnvironmentSpec {
  const { release, ...rest } = environment.parse({
    name: "production",
    data: { protected: true },
    release: {
      gui: {
        tracks: "branch master",
        promotion: { from: "staging", approval: { by: ["team dandidevs"] }, offeredAfter: "api" },
        ...gui,
      },
    },
  });
  return { ...rest, release, gui: { repository: GUI }, api: { repository: API } } as EnvironmentSpec;
}

export function workflowOf(kind: string, spec: EnvironmentSpec): WorkflowFile {
  const file = furtherWorkflows("dandi", spec).find(({ path }) => path.includes(`/${kind}-`));
  if (!file) throw new Error(`there is no ${kind} workflow`);
  return file;
}

/**
 * dandiarchive with `staging` ahead of `master`, checks green, and each branch with the workflow
 * that its stack committed.
 */
export class Gui {
  readonly git = new GitRepository(folder);
  readonly state = gitHubState(GUI, this.git);

  constructor() {
    const first = this.git.commit("master", FIRST);
    this.git.reset("staging", first);
    this.git.commit("master", { ...FIRST, [OURS.production]: "production" }, "Deploy gui to production");
    this.git.commit("staging", { ...FIRST, [OURS.staging]: "staging" }, "Deploy gui to staging");
    this.work(SECOND);
  }

  /** Commits these files (and the workflow of ours) to staging, with a green check. */
  work(files: Files, message = "Show `more`\n\nLong."): string {
    const sha = this.git.commit("staging", { ...files, [OURS.staging]: "staging" }, message);
    this.state.checks.push({ sha, name: "build", conclusion: "success" });
    return sha;
  }

  /** Commits these files straight to master, beside the workflow of ours. */
  direct(files: Files): string {
    return this.git.commit("master", { ...files, [OURS.production]: "production" }, "Direct");
  }

  head(branch: string): string {
    return this.git.head(branch) ?? "";
  }

  /** What master holds apart from the workflow of ours. */
  site(): Files {
    const { [OURS.production]: own, ...site } = this.git.files("master");
    if (own === undefined) throw new Error("master lost the production workflow");
    return site;
  }

  /** @param what a workflow file, or the kind of one that the spec gives */
  run(
    what: "promote" | "offer" | WorkflowFile,
    { spec = guiSpec(), ...options }: Options = {},
  ): Promise<Ran> {
    const file = typeof what === "string" ? workflowOf(what, spec) : what;
    return run(file, { state: this.state, ...options });
  }
}
