import { SENTRY_TOKEN } from "../../release/gates/errors";
import { HEROKU } from "../../release/jobs/heroku";
import { NETLIFY } from "../../release/jobs/netlify";
import { hotfixEnvironment } from "../../release/jobs/rules";
import { line } from "../../release/rules";
import type { Target } from "../../release/target";
import { onDefaultBranch, waysOf } from "../../release/ways";
import { type Requirement, requirements } from "../../release/workflows";
import type { EnvironmentSpec } from "../../spec/schema/environment";
import type { ApprovalSpec } from "../../spec/schema/release/gates";

/** From where a GitHub environment may be used: a branch, tags, or the default branch, whose name GitHub knows. */
export type Origin = { branchPattern: string } | { tagPattern: string } | "default branch";

/** Something in a GitHub environment: what it is, and its logical name. */
interface Item<T> {
  is: T;
  logicalName: string;
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

/** All GitHub environments that the workflows of an environment run in. Two targets in one repository share theirs. */
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
  const place: Place = {
    repository,
    environment,
    logicalName: `${prefix}-environment`,
    origins: origins(prefix, originsOf(target)),
    approval: rules.gates.approval,
    secrets: items(prefix, [
      component === "api" ? HEROKU.token : NETLIFY.hook,
      ...(errors ? [SENTRY_TOKEN] : []),
    ]),
    variables: items(prefix, component === "api" ? [HEROKU.app, HEROKU.url] : [NETLIFY.url]),
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
    found.push({ tagPattern: follows.kind === "tags" ? follows.pattern : "*" });
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

function origins(prefix: string, all: Origin[]): Item<Origin>[] {
  return all.map((is) => ({
    is,
    logicalName: is === "default branch" ? `${prefix}-default-branch-policy` : `${prefix}-policy`,
  }));
}

/** `HEROKU_API_KEY` becomes `PREFIX-heroku-api-key`. */
function items(prefix: string, names: string[]): Item<string>[] {
  return names.map((is) => ({ is, logicalName: `${prefix}-${is.toLowerCase().replaceAll("_", "-")}` }));
}

function shared(one: Place, other: Place): Place {
  if (JSON.stringify(one.approval) !== JSON.stringify(other.approval)) {
    const stated = line({ component: "gui" }, ["gates", "approval"], other.approval ?? null);
    throw new Error(
      `${stated}: the API and the GUI share the environment ${one.environment} of ${one.repository}, so both need the same approval`,
    );
  }
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
