import type { Tree } from "../environment/merge";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { Program } from "../rehearsal/inline-program";
import type { DeployedResource } from "../resources/deployment";

/** What an engine is to run for a stack. */
export interface Run {
  stack: string;
  /** Both halves of the environment, for the stack's config: `environment` and `differs`. */
  config: { environment: Tree; differs: Tree };
  /** The environment that comes of both. */
  spec: EnvironmentSpec;
  /** The stack whose secrets it needs, and their names. */
  secrets: { from: string; names: readonly string[] };
  program: Program;
  /**
   * A run before did not end well: what it made and did not record is looked for first, where that
   * can be done.
   */
  unsure?: boolean;
  /** URNs of the only resources that may change. Default: all may. */
  targets?: readonly string[];
}

/** How an engine ended. */
export interface Ended {
  ok: boolean;
  /** Another engine is at work on the stack: nothing was done. */
  busy: boolean;
  /** The engine was killed at its work. */
  killed: boolean;
  errors: string[];
}

/** How a stack is destroyed. */
export interface Destruction {
  /**
   * What an engine needs to find what was made and not recorded. Default: nothing is looked for.
   */
  run?: Run;
  /**
   * Whether it shall still go, asked of its state as late as the backend allows: in a rehearsal
   * when nobody else can work on it.
   */
  only: (state: StackState) => boolean;
}

/** A stack as its backend knows it. */
export interface StackState {
  resources: DeployedResource[];
  /** An engine is at work on it now: who. */
  busy?: string;
  /** When the backend last wrote it, where it says so. */
  written?: Date;
}

/** Something at a vendor that carries the mark of an ephemeral environment. */
export interface Marked {
  /** The environment in its name: `eph-pr-12`. */
  environment: string;
  type: string;
  id: string;
  name: string;
  /** What it is in, as far as that is known: a repository, an organization, a zone. */
  place?: string;
}

/** What was found at the vendors. */
export interface Found {
  found: Marked[];
  /** Who was not asked or did not answer, each with the reason. */
  unasked: string[];
}

/**
 * The stacks of one project in one backend, and the engine that works on them: real ones, or those
 * of a rehearsal.
 */
export interface Stacks {
  readonly project: string;
  /** The names of all stacks. */
  list(): Promise<string[]>;
  /** What the backend knows of a stack; `undefined`: there is no such stack. */
  read(stack: string): Promise<StackState | undefined>;
  /**
   * Makes an empty stack.
   * @param secretsProvider what encrypts its secrets, as Pulumi names it. Default: the backend's
   *   own way
   * @returns whether it was made: not where there was one, or another is just making it
   */
  init(stack: string, secretsProvider?: string): Promise<boolean>;
  up(run: Run): Promise<Ended>;
  /**
   * Destroys what the state holds, with no program. Where that fails it is tried once more after
   * asking the vendors what is still there, as something may be gone already: a file with its
   * branch. A killed engine's lock does not keep it where that can be known.
   *
   * @returns `undefined`: there is no such stack any more, or the condition did not hold, and
   *   nothing was done
   */
  destroy(stack: string, how: Destruction): Promise<Ended | undefined>;
  /** Forgets a stack that holds nothing any more. */
  remove(stack: string): Promise<void>;
  /**
   * What carries the mark, as far as the vendors can be asked.
   * @param likes the system's environments, which name the places to look at
   */
  marked(likes: readonly EnvironmentSpec[]): Promise<Found>;
}
