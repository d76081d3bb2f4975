import type { ApiSpec } from "../environment/schema/api";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { ErrorTrackingSpec } from "../environment/schema/errors";
import { parseTracks, type Tracks } from "../environment/schema/release";
import { type Deployable, type Rules, rulesOf } from "./rules";

/** One thing that is deployed by itself: what it is, where it comes from and what it follows. */
export interface Target {
  /** The Pulumi project, for example `dandi`. */
  system: string;
  /** The environment's name, which is also that of the GitHub environment. */
  environment: string;
  component: Deployable;
  /** GitHub repository as `owner/name`. */
  repository: string;
  /** What it follows. What follows nothing is no target. */
  follows: Exclude<Tracks, { kind: "nothing" }>;
  /** The same as the spec says it: `branch master`, `releases`, `tags v*`. */
  tracks: string;
  /** Everything that the spec says of its deploys. */
  rules: Rules;
  /** Where and how the API runs; `undefined` for a GUI. */
  api?: ApiSpec;
  /** Where its errors are, if anywhere. */
  errors?: ErrorTrackingSpec;
  /** What its data is worth, and from where it may come. */
  data: EnvironmentSpec["data"];
}

/** The branch that a target follows; `undefined` for tags and releases. */
export function followedBranch({ follows }: Pick<Target, "follows">): string | undefined {
  return follows.kind === "branch" ? follows.branch : undefined;
}

/** Whether its database is migrated by a workflow of its own, which a person starts. */
export function migratesByHand({ rules, component }: Pick<Target, "rules" | "component">): boolean {
  return rules.migrations?.when === "by hand" && component === "api";
}

/** The name of that workflow. */
export function migrationName({ component, environment }: Pick<Target, "component" | "environment">): string {
  return `Migrate ${component} of ${environment}`;
}

/** Everything that an environment deploys by itself. */
export function targets(system: string, spec: EnvironmentSpec): Target[] {
  return rulesOf({ [spec.name]: spec }, spec).flatMap((rules) => {
    const { component, repository, tracks } = rules;
    if (repository === undefined) return [];
    const follows = parseTracks(tracks);
    if (follows.kind === "nothing") return [];
    const { name: environment, errors, data } = spec;
    const api = component === "api" ? spec.api : undefined;
    return [{ system, environment, component, repository, follows, tracks, rules, api, errors, data }];
  });
}
