import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import type { Things } from "../../store";
import { type Asked, type Caller, digits, type Occasion } from "../../vendor";

const REPOSITORY = "github:repository";

/** A repository; it exists before any environment. */
export interface Repository {
  id: number;
  /** `owner/name`. */
  fullName: string;
  defaultBranch: string;
  branches: string[];
}

/**
 * Adds a repository to the cloud, or branches to an existing one.
 *
 * @param branches besides the default branch
 * @param defaultBranch of a repository that does not exist yet
 */
export function seedRepository(
  things: Things,
  owner: string,
  name: string,
  branches: readonly string[],
  defaultBranch = "master",
): void {
  const fullName = `${owner}/${name}`;
  const existing = named(things, fullName) ?? {
    id: number("repository", fullName),
    fullName,
    defaultBranch,
    branches: [defaultBranch],
  };
  hold(things, { ...existing, branches: [...new Set([...existing.branches, ...branches])] });
}

/** Returns the repository that a resource's inputs name. Refuses one that does not exist. */
export function repositoryOf({ things, caller, inputs }: Pick<Occasion, "things" | "caller" | "inputs">) {
  const fullName = fullNameOf(caller, inputs);
  // https://docs.github.com/en/rest/repos/repos#get-a-repository
  return named(things, fullName) ?? refuse(404, `Not Found (repository ${fullName})`);
}

/** The same for a repository that may be missing. */
export function repositoryIfAny({
  things,
  caller,
  inputs,
}: Pick<Occasion, "things" | "caller" | "inputs">): Repository | undefined {
  return named(things, fullNameOf(caller, inputs));
}

/**
 * Whether a changed repository name replaces the resource: it does unless the repository was
 * renamed, so that its id is the same.
 * https://github.com/integrations/terraform-provider-github/blob/main/github/util_diff.go
 * (diffRepository)
 */
export function replacesWithRepository(
  olds: Properties,
  news: Properties,
  { things, caller, state }: Asked,
): readonly string[] {
  if (olds.repository === news.repository) return [];
  const found = named(things, fullNameOf(caller, news));
  return found?.id === state.repositoryId ? [] : ["repository"];
}

/** `owner/name`: the owner is the provider's. */
export function fullNameOf(caller: Caller, inputs: Properties): string {
  return `${caller.account}/${inputs.repository}`;
}

/** The scope in which names within a GitHub environment are unique. */
export function environmentScope(caller: Caller, inputs: Properties): string {
  return `${fullNameOf(caller, inputs)}:${inputs.environment}`;
}

/** Adds a branch. */
export function addBranch(things: Things, repository: Repository, branch: string): void {
  hold(things, { ...repository, branches: [...repository.branches, branch] });
}

/** A refusal by GitHub, with the HTTP status and its message. */
export function refuse(status: number, message: string): never {
  throw new ProviderError(`${status} ${message}`);
}

/** Returns a numeric id in GitHub's format. */
export function number(...parts: string[]): number {
  return Number.parseInt(digits(7, "github", ...parts), 16) + 1;
}

/** Returns a stable time for the same parts, in the provider's format of GitHub's times. */
export function moment(...parts: string[]): string {
  const seconds = Number.parseInt(digits(6, "github", ...parts), 16);
  const [day, time] = new Date(Date.UTC(2025, 0, 1) + seconds * 1000).toISOString().split(/[T.]/);
  return `${day} ${time} +0000 UTC`;
}

/** Joins the parts of an id like the provider: a colon inside a part is written `??`. */
export function idOf(...parts: unknown[]): string {
  return parts.map((part) => String(part).replaceAll(":", "??")).join(":");
}

function named(things: Things, fullName: string): Repository | undefined {
  return things.named(REPOSITORY, "", fullName)?.properties as Repository | undefined;
}

function hold(things: Things, repository: Repository): void {
  const properties = { ...repository };
  const [account = ""] = repository.fullName.split("/");
  things.put({
    type: REPOSITORY,
    id: repository.fullName,
    account,
    scope: "",
    name: repository.fullName,
    properties,
    written: properties,
  });
}
