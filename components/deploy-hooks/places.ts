import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import type { ApprovalSpec } from "../../stagewright/environment/schema/release/gates";
import { SENTRY_TOKEN } from "../../stagewright/release/gates/errors";
import { hotfixEnvironment } from "../../stagewright/release/jobs/rules";
import { vendorFor } from "../../stagewright/release/jobs/vendors";
import type { Target } from "../../stagewright/release/target";
import { onDefaultBranch, waysOf } from "../../stagewright/release/ways";
import { type Requirement, requirements } from "../../stagewright/release/workflows";

/**
 * From where a GitHub environment may be used: a branch, tags, or the default branch, whose name
 * GitHub knows.
 */
export type Origin = { branchPattern: string } | { tagPattern: string } | "default branch";

/** Something in a GitHub environment: what it is, and its logical name. */
interface Item<T> {
  is: T;
  logicalName: string;
  /** Its logical name in states of before. */
  formerly?: string;
}

/** One GitHub environment: who may use it, and what jobs read there. */
export interface Place {
  /** `owner/name`. */
  repository: string;
  /** Its name at GitHub. */
  environment: string;
  logicalName: string;
  origins: Item<Origin>[];
  /** Who must approve each job in it, with the line of the spec that says so. */
  approval?: ApprovalSpec;
  /** By their names at GitHub. */
  secrets: Item<string>[];
  variables: Item<string>[];
}

/**
 * All GitHub environments that the workflows of an environment run in. Two targets in one
 * repository share theirs.
 */
export function placesOf(
  system: string,
  spec: EnvironmentSpec,
  targets: readonly Target[],
  name: string,
): Place[] {
  const places = new Map<string, Place>();
  const all = [
    ...targets.flatMap((target) => ofTarget(target, name)),
    ...requirements(system, spec)
      .filter(({ repository }) => targets.some((target) => target.repository === repository))
      .map((requirement) => ofRequirement(requirement, spec, name)),
  ];
  for (const place of all) {
    const key = `${place.repository} ${place.environment}`;
    const existing = places.get(key);
    places.set(key, existing ? shared(existing, place) : place);
  }
  return [...places.values()];
}

function ofTarget(target: Target, name: string): Place[] {
  const { repository, environment, component, rules } = target;
  const prefix = `${name}-${component}`;
  const errors = Object.keys(rules.gates.errors).length > 0;
  const vendor = vendorFor(target);
  const place: Place = {
    repository,
    environment,
    logicalName: `${prefix}-environment`,
    origins: origins(prefix, originsOf(target)),
    approval: rules.gates.approval,
    secrets: items(prefix, [...vendor.secrets, ...(errors ? [SENTRY_TOKEN] : [])]),
    variables: items(prefix, vendor.variables),
  };
  const by = rules.hotfix?.by;
  if (by === undefined) return [place];
  const hotfix: Place = {
    repository,
    environment: hotfixEnvironment(target),
    logicalName: `${prefix}-hotfix-environment`,
    origins: origins(`${prefix}-hotfix`, ["default branch"]),
    // Whoever may do a hotfix may do it alone.
    approval: { by, self: "allowed" },
    secrets: [],
    variables: [],
  };
  return [place, hotfix];
}

function originsOf(target: Target): Origin[] {
  const { follows, rules } = target;
  const ways = waysOf(target);
  const found: Origin[] = ways.flatMap(({ pushed }): Origin[] =>
    pushed === undefined ? [] : [{ branchPattern: pushed }],
  );
  if (ways.some(({ marked }) => marked))
    // Any tag may mark a release, one with a / too, at which a * stops.
    found.push({ tagPattern: follows.kind === "tags" ? follows.pattern : "**/*" });
  if (ways.some(onDefaultBranch) || rules.migrations?.when === "by hand") found.push("default branch");
  return found;
}

// What the clock or a person starts, GitHub runs from the default branch.
function ofRequirement(requirement: Requirement, spec: EnvironmentSpec, name: string): Place {
  const { repository, environment, approval, secrets, variables } = requirement;
  const part = environment.startsWith(`${spec.name}-`)
    ? environment.slice(spec.name.length + 1)
    : environment;
  const prefix = `${name}-${repository.split("/")[1]}-${part}`;
  return {
    repository,
    environment,
    logicalName: `${prefix}-environment`,
    origins: origins(prefix, ["default branch"]),
    approval,
    secrets: items(prefix, secrets),
    variables: items(prefix, variables),
  };
}

// Each pattern is a resource of its own: when another branch is tracked, the engine makes its
// policy before the file goes there, and deletes the old one last. Until then the old branch
// deploys, however often an `up` breaks off.
function origins(prefix: string, all: Origin[]): Item<Origin>[] {
  return all.map((is) => {
    if (is === "default branch") return { is, logicalName: `${prefix}-default-branch-policy` };
    const which = "branchPattern" in is ? `branch-${is.branchPattern}` : `tags-${is.tagPattern}`;
    return { is, logicalName: `${prefix}-policy-${which}`, formerly: `${prefix}-policy` };
  });
}

/** `HEROKU_API_KEY` becomes `PREFIX-heroku-api-key`. */
function items(prefix: string, names: readonly string[]): Item<string>[] {
  return names.map((is) => ({ is, logicalName: `${prefix}-${is.toLowerCase().replaceAll("_", "-")}` }));
}

// That both ask the same people, the checks of the spec have seen.
function shared(one: Place, other: Place): Place {
  return {
    ...one,
    origins: joined(one.origins, other.origins),
    secrets: joined(one.secrets, other.secrets),
    variables: joined(one.variables, other.variables),
  };
}

function joined<T>(one: Item<T>[], other: Item<T>[]): Item<T>[] {
  const known = new Set(one.map(({ is }) => JSON.stringify(is)));
  return [...one, ...other.filter(({ is }) => !known.has(JSON.stringify(is)))];
}
