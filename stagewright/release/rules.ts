import { stringify } from "yaml";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { DeployRules } from "../environment/schema/release";

export const COMPONENTS = ["api", "gui"] as const;

/** What is deployed of an environment: its API (to Heroku or a droplet) or its GUI (to Netlify). */
export type Deployable = (typeof COMPONENTS)[number];

/** What release rules need of an environment. */
export type EnvironmentRules = Pick<EnvironmentSpec, "name" | "data" | "release"> & {
  api?: { repository: string };
  gui?: { repository: string };
  errors?: { readToken?: string };
};

/** All environments of a system, by the name of their stack. */
export type System = Readonly<Record<string, EnvironmentRules>>;

/** The rules of one deployable in one environment. */
export interface Rules extends DeployRules {
  /** The environment's name. */
  environment: string;
  component: Deployable;
  /** IANA zone of every time that states none. */
  timezone: string;
  /** GitHub repository as `owner/name`, where it is known. */
  repository?: string;
  /** Names of all environments of the system that deploy this component. */
  environments: readonly string[];
}

/** The rules of everything that an environment deploys. */
export function rulesOf(system: System, environment: EnvironmentRules): Rules[] {
  return COMPONENTS.flatMap((component): Rules[] => {
    const stated = environment.release[component];
    if (!stated) return [];
    return [
      {
        ...stated,
        environment: environment.name,
        component,
        timezone: environment.release.timezone,
        repository: environment[component]?.repository,
        environments: Object.values(system)
          .filter(({ release }) => release[component] !== undefined)
          .map(({ name }) => name),
      },
    ];
  });
}

/**
 * The lock under which deploys and verifications run: the stated one, else one of this component in
 * this environment.
 */
export function lockOf({ exclusive, component, environment }: Rules): string {
  return exclusive ?? `deploy-${component}-${environment}`;
}

/** A line of the spec as it could be written: `release.api.window: weekends 09:00-12:00`. */
export function line(
  { component }: Pick<Rules, "component">,
  path: readonly string[],
  value: unknown,
): string {
  const key = ["release", component, ...path]
    .map((step) => (/^[\w-]+$/.test(step) ? step : JSON.stringify(step)))
    .join(".");
  return `${key}: ${stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim()}`;
}
