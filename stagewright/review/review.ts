import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConfigError } from "../environment/problems";
import { atOnce, mostAtOnce } from "../host/at-once";
import type { Progress } from "../host/progress";
import { Renderer } from "../parity/render/renderer";
import { type Project, readProject, readStack, type StackFiles } from "../project/project";
import { readStackOfSystem } from "../project/system";
import { EngineError } from "../rehearsal/errors";
import { type Outcome, Rehearsal } from "../rehearsal/run";
import { seedOthersIn } from "../rehearsal/seed";
import { findBase } from "./base/git";
import { provideModules } from "./base/modules";
import { packageChanges } from "./base/packages";
import { type BaseRehearsed, rehearseBase } from "./base/rehearse";
import { renameProject } from "./base/rename";
import { withWorktree } from "./base/worktree";
import { environmentAsWritten, projectIn } from "./base/written";
import { compareWithLive } from "./live";
import { type Relations, relationChanges, relationsOf } from "./relations";
import type { Relation, Review, StackReview } from "./summary/model";
import { type Facts, summarize } from "./summary/summarize";
import { verdictOf } from "./summary/verdict";

export interface ReviewOptions {
  /** Folder of the Pulumi project in the working tree. */
  dir: string;
  /** One stack, or all stacks of both sides. */
  stack?: string;
  /** The commit to compare with. Default: the merge base of HEAD with the main branch. */
  base?: string;
  /** Whether to run `pulumi preview` too, with the credentials of this environment. */
  live?: boolean;
  onProgress: Progress;
}

/**
 * Reviews the changes of the working tree, uncommitted ones included: rehearses the base from
 * nothing with its own code and packages, then previews the working tree on the result with the
 * real engine. It needs no secrets or accounts.
 *
 * @throws ConfigError if there is no base or no such stack
 * @throws EngineError if the base cannot be checked out or its packages cannot be installed
 */
export async function review(options: ReviewOptions): Promise<Review> {
  const head = readProject(options.dir);
  const base = await findBase(options.dir, options.base);
  const at = path.relative(base.top, realpathSync(options.dir));
  return withWorktree(base, options.onProgress, async (tree) => {
    const before = projectIn(path.join(tree, at));
    const stacks = stacksOf(options.stack, head, before);
    const known = stacks.some((stack) => before?.stacks.includes(stack) || goneFrom(before, head).length > 0);
    const packaged = known && existsSync(path.join(tree, "package.json"));
    // Two programs can be rendered side by side only with the same packages.
    const alike = packaged && (await provideModules(tree, base.top, options.onProgress));
    const renderer = new Renderer(head);
    const one = async (stack: string): Promise<StackReview> => {
      const onProgress = (line: string) => options.onProgress(`${stack}: ${line}`);
      onProgress(`rehearsing it as it is at ${base.called} (${base.commit.slice(0, 8)})`);
      const sides = { head, before, stack, tree, at, onProgress };
      const [relations, found] = await Promise.all([
        relationsAround(renderer, head, alike ? before : undefined, stack),
        reviewStack(sides),
      ]);
      const asks = options.live && found.stands !== "removed" && found.errors.length === 0;
      const spec = readable(head, stack)?.spec;
      const live = asks ? await compareWithLive(options.dir, stack, found.changes, spec) : undefined;
      // A protected resource still exists once it was deployed, even if the state is empty.
      const lost = live?.empty && found.stands === "both" && spec?.data.protected;
      const errors = lost ? live.differences : found.errors;
      const whole = { ...found, errors, relations, live };
      return { ...whole, verdict: verdictOf(whole) };
    };
    try {
      const reviewed = await atOnce(stacks, mostAtOnce(), one);
      return {
        system: head.name,
        base: { commit: base.commit, called: base.called },
        packages: packageChanges(tree, base.top),
        stacks: reviewed,
      };
    } finally {
      renderer.close();
    }
  });
}

/**
 * Compares a stack with the others on both sides. A program that fails to render has no known
 * relations.
 */
async function relationsAround(
  renderer: Renderer,
  head: Project,
  before: Project | undefined,
  stack: string,
): Promise<Relation[]> {
  const [old, now] = await Promise.all(
    [before, head].map((project) => relationsIn(renderer, project, stack)),
  );
  return relationChanges(old, now);
}

async function relationsIn(
  renderer: Renderer,
  project: Project | undefined,
  stack: string,
): Promise<Relations | undefined> {
  if (!project?.stacks.includes(stack)) return undefined;
  const all = project.stacks.map((name) => readable(project, name)).filter((files) => files !== undefined);
  try {
    return await relationsOf(renderer, project, all, stack);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

function stacksOf(stack: string | undefined, head: Project, before: Project | undefined): string[] {
  const all = [...new Set([...head.stacks, ...(before?.stacks ?? [])])].sort();
  if (stack === undefined) return all;
  if (!all.includes(stack)) readStack(head, stack); // throws an error that lists the stacks
  return [stack];
}

interface Sides {
  head: Project;
  before?: Project;
  stack: string;
  tree: string;
  at: string;
  onProgress: Progress;
}

async function reviewStack({ head, before, stack, tree, at, onProgress }: Sides): Promise<StackReview> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-review-"));
  try {
    const cloud = path.join(scratch, "cloud.db");
    const was = before?.stacks.includes(stack) ? before : undefined;
    const spec = was && readable(was, stack)?.spec;
    if (spec) seedOthersIn(cloud, spec); // no other stack runs in this cloud
    // A new stack and a deleted one may be the same stack, renamed.
    const gone = was ? [] : goneFrom(before, head);
    for (const other of gone) {
      const lent = before && readable(before, other)?.spec;
      if (lent) seedOthersIn(cloud, lent);
      await rehearseBase(tree, at, other, cloud);
    }
    const rehearsed = was && (await rehearseBase(tree, at, stack, cloud));
    return await reviewOn({ head, before: was, stack, cloud, rehearsed, onProgress });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

// The base's stacks that the working tree no longer has.
function goneFrom(before: Project | undefined, head: Project): string[] {
  return before?.stacks.filter((stack) => !head.stacks.includes(stack)) ?? [];
}

/** A stack whose base has been rehearsed. */
export interface Rehearsed {
  head: Project;
  /** The base's project, if it has that stack. */
  before?: Project;
  stack: string;
  /** File of the rehearsal cloud that holds the base. The preview changes only its bookkeeping. */
  cloud: string;
  /** The outcome of that rehearsal; `undefined` if the base has no such stack. */
  rehearsed?: BaseRehearsed;
  onProgress: Progress;
}

/** Previews the working tree on the rehearsed base and explains the result. */
export async function reviewOn(on: Rehearsed): Promise<StackReview> {
  const { head, before, stack, cloud, rehearsed } = on;
  const there = head.stacks.includes(stack);
  const stands = !before ? "added" : there ? "both" : "removed";
  const written = {
    before: before && environmentAsWritten(before, stack),
    after: there ? environmentAsWritten(head, stack) : undefined,
  };
  const files: Facts["files"] = { before: before && readable(before, stack) };
  const facts: Facts = {
    system: head.name,
    stack,
    stands,
    written,
    files,
    resources: [],
    events: [],
    errors: [],
    baseErrors: [],
    notes: [],
  };
  try {
    if (there) files.after = readStackOfSystem(head, stack);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return summarize({ ...facts, errors: error.message.split("\n"), misconfigured: true });
  }
  if (rehearsed && !rehearsed.ok)
    return summarize({ ...facts, ...(await withoutBase(on, facts, rehearsed)) });
  if (files.after) seedOthersIn(cloud, files.after.spec);
  on.onProgress("previewing the working tree on it");
  const rehearsal = new Rehearsal(there ? head : (before ?? head), { cloud, onProgress: on.onProgress });
  if (before && there && before.name !== head.name) {
    renameProject(rehearsal.state, stack, before.name, head.name);
    facts.notes.push(renamed(before.name, head.name, stack));
  }
  facts.resources = rehearsal.state.resources(rehearsal.project.name, stack);
  return summarize({ ...facts, ...(await previewed(rehearsal, files.after ?? files.before, there)) });
}

function renamed(from: string, to: string, stack: string): string {
  return `The project is renamed from ${from} to ${to}: to Pulumi that is another project, in which ${stack} does not exist. Run \`pulumi stack rename organization/${to}/${stack}\` before the next deploy, or everything is made a second time. What follows takes that as done.`;
}

// Nobody can have changed a cloud by hand that was rehearsed just now.
const NOT_BY_HAND = "--refresh=false";

/** Previews the program, or a destroy if the stack no longer exists. */
async function previewed(
  rehearsal: Rehearsal,
  files: StackFiles | undefined,
  there: boolean,
): Promise<Pick<Outcome, "events" | "errors" | "existing"> & Pick<Facts, "references">> {
  if (!files)
    return {
      existing: [],
      events: [],
      errors: ["the base's configuration is of a version that cannot be read here"],
    };
  try {
    const { events, references, errors, existing } = there
      ? await rehearsal.run(files, "preview", [NOT_BY_HAND])
      : await rehearsal.run(files, "destroy", ["--preview-only"]);
    return { events, references, errors, existing };
  } catch (error) {
    return { existing: [], events: [], errors: [error instanceof Error ? error.message : String(error)] };
  }
}

// Nothing can be compared without a base, but the working tree can still be rehearsed by itself.
async function withoutBase(
  { head, stack, cloud }: Rehearsed,
  facts: Facts,
  { errors }: BaseRehearsed,
): Promise<Partial<Facts>> {
  const notes = [`The base does not come up, so what would change cannot be told: ${errors.join(" ")}`];
  const { after } = facts.files;
  if (!after) return { notes };
  const own = `${cloud}.alone.db`;
  seedOthersIn(own, after.spec);
  const rehearsal = new Rehearsal(head, { cloud: own });
  const alone = await previewed(rehearsal, after, true);
  const count = alone.events.filter(
    ({ resourcePreEvent }) => resourcePreEvent?.metadata.op === "create",
  ).length;
  if (alone.errors.length === 0)
    notes.push(`By itself ${stack} would come up from nothing (${count} resources).`);
  return { notes, errors: alone.errors, baseErrors: errors };
}

/** Reads a stack's files with this version's schema; `undefined` if they do not match it. */
function readable(project: Project, stack: string): StackFiles | undefined {
  try {
    return readStack(project, stack);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
