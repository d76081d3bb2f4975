import { ProviderError } from "../../../../providers/protocol/provider";
import type { Things } from "../../store";
import { digits } from "../../vendor";

const ORGANIZATION = "sentry:organization";
const TEAM = "sentry:team";
const SEEDED_PROJECT = "sentry:project";

export const PROJECT = "sentry:index/sentryProject:SentryProject";

/** The content of an organization that exists before any environment. All names are slugs. */
export interface SentrySeed {
  teams: readonly string[];
  /** Projects that no environment manages. */
  projects?: readonly string[];
  /** Environments that have sent events. */
  environments?: readonly string[];
}

/**
 * Adds an organization with teams, projects and environments to the cloud, or adds them to an
 * existing one.
 */
export function seedSentry(things: Things, organization: string, seed: SentrySeed): void {
  const known = environmentsOf(things, organization);
  const environments = [...new Set([...known, ...(seed.environments ?? [])])];
  hold(things, ORGANIZATION, "", organization, { environments });
  for (const team of seed.teams) hold(things, TEAM, organization, team, {});
  for (const project of seed.projects ?? []) hold(things, SEEDED_PROJECT, organization, project, {});
}

/** Returns the id of an organization, which is part of its DSNs. */
export function organizationId(slug: unknown): string {
  return number("organization", String(slug));
}

/** Returns the id of a team. Refuses one that does not exist. */
export function teamId(things: Things, organization: unknown, team: unknown): string {
  // https://docs.sentry.io/api/teams/retrieve-a-team/
  if (!things.named(TEAM, String(organization), String(team)))
    refuse(404, missing("team", organization, team));
  return number("team", String(organization), String(team));
}

/** Returns the id of a project, managed or not. Refuses one that does not exist. */
export function projectId(things: Things, organization: unknown, project: unknown): string {
  const [scope, slug] = [String(organization), String(project)];
  // https://docs.sentry.io/api/projects/retrieve-a-project/
  if (!things.named(PROJECT, scope, slug) && !isSeeded(things, scope, slug))
    refuse(404, missing("project", organization, project));
  return projectNumber(scope, slug);
}

/** Whether a project exists that no environment manages. */
export function isSeeded(things: Things, organization: string, project: string): boolean {
  return things.named(SEEDED_PROJECT, organization, project) !== undefined;
}

/** Returns the id of a project with this slug. */
export function projectNumber(organization: string, project: string): string {
  return number("project", organization, project);
}

/** Returns the environments of an organization that have sent events. */
export function environmentsOf(things: Things, organization: string): string[] {
  return (things.named(ORGANIZATION, "", organization)?.properties.environments ?? []) as string[];
}

/** Sentry's numbers have 64 bits and are written as text. */
export function number(...parts: string[]): string {
  return `45${BigInt(`0x${digits(11, "sentry", ...parts)}`)
    .toString()
    .padStart(14, "0")}`;
}

/** A refusal by Sentry, with the HTTP status and its message. */
export function refuse(status: number, message: string): never {
  throw new ProviderError(`${status} ${message}`);
}

function missing(what: string, organization: unknown, slug: unknown): string {
  return `The requested resource does not exist (${what} '${slug}' in the organization '${organization}')`;
}

function hold(things: Things, type: string, scope: string, name: string, properties: object): void {
  const held = { ...properties };
  things.put({ type, id: `${scope}/${name}`, account: "", scope, name, properties: held, written: held });
}
