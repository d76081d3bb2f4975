import type { EnvironmentSpec } from "../../environment/schema/environment";
import { parseTracks } from "../../environment/schema/release";

/** What is deployed to one component, and from where. */
export interface Source {
  /** What it is deployed to. */
  to: "api" | "gui";
  /** `owner/name` at GitHub. */
  repository: string;
  /** As it is stated: `branch master`, `releases`, `tags v*`, or `nothing`. */
  tracks: string;
  /** What happens by itself, in words: `every push to master`. */
  meaning: string;
  /** Where the environment states what is tracked. */
  path: readonly string[];
}

/** What an environment deploys, and what each of it follows. */
export function sourcesOf({ api, gui, release }: EnvironmentSpec): Source[] {
  const found = [
    { to: "gui", repository: gui?.repository, tracks: release.gui?.tracks },
    { to: "api", repository: api?.repository, tracks: release.api?.tracks },
  ] as const;
  return found.flatMap(({ to, repository, tracks = "nothing" }) =>
    repository === undefined
      ? []
      : [{ to, repository, tracks, meaning: meaningOf(tracks), path: ["release", to, "tracks"] }],
  );
}

function meaningOf(tracks: string): string {
  const followed = parseTracks(tracks);
  switch (followed.kind) {
    case "branch":
      return `follows the branch ${followed.branch}`;
    case "releases":
      return `follows published releases${followed.prereleases ? " and pre-releases" : ""}`;
    case "tags":
      return `follows ${followed.stable ? "stable " : ""}tags that match ${followed.pattern}`;
    case "nothing":
      return "follows nothing: it is deployed by hand";
  }
}
