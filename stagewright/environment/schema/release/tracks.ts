import { z } from "zod";

/** What an environment follows, read from its one-line form. */
export type Tracks =
  | { kind: "branch"; branch: string }
  | { kind: "releases"; on?: string }
  | { kind: "tags"; pattern: string; on?: string }
  | { kind: "nothing" };

// https://git-scm.com/docs/git-check-ref-format
const NAME = String.raw`[^\s~^:?*[\\]+`;
const ON = `( on ${NAME})?`;

/** A git branch. */
export const branch = z
  .string()
  .regex(new RegExp(`^${NAME}$`), "the name of a git branch: no spaces and none of ~ ^ : ? * [ \\");

/** Everything that may be tracked. */
export const tracks = z
  .string()
  .regex(
    new RegExp(String.raw`^(branch ${NAME}|releases${ON}|tags [^\s~^:?[\\]+${ON}|nothing)$`),
    "'branch NAME', 'releases', 'tags PATTERN' or 'nothing'; releases and tags may end with 'on BRANCH'",
  )
  .describe(
    "What is deployed by itself: every push to a branch, every published release, every tag that matches, or nothing. " +
      "'on BRANCH' after releases and tags: only a commit of that branch.",
  );

/** What Netlify can track. https://docs.netlify.com/build/configure-builds/build-hooks/: a hook takes a branch, not a tag. */
export const branchTracks = z
  .string()
  .regex(
    new RegExp(`^(branch ${NAME}|nothing)$`),
    "'branch NAME' or 'nothing': Netlify builds branches, not tags",
  )
  .describe("What is deployed by itself: every push to a branch, or nothing.");

/** Reads `branch master`, `releases`, `releases on master`, `tags v*`, `tags v* on master` or `nothing`; the schema has checked the form. */
export function parseTracks(text: string): Tracks {
  const [kind, ...rest] = text.split(" ");
  if (kind === "branch") return { kind, branch: rest[0] ?? "" };
  if (kind === "tags") return { kind, pattern: rest[0] ?? "", ...on(rest.slice(1)) };
  return kind === "releases" ? { kind, ...on(rest) } : { kind: "nothing" };
}

function on([word, name]: string[]): { on?: string } {
  return word === "on" && name !== undefined ? { on: name } : {};
}
