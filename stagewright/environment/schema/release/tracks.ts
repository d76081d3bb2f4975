import { z } from "zod";

/** The source that an environment tracks, parsed from its one-line form. */
export type Tracks =
  | { kind: "branch"; branch: string }
  /** `prereleases` includes pre-releases. Drafts never count. */
  | { kind: "releases"; prereleases: boolean; on?: string }
  /** `stable` excludes pre-release versions. */
  | { kind: "tags"; pattern: string; stable: boolean; on?: string }
  | { kind: "nothing" };

// https://git-scm.com/docs/git-check-ref-format
const NAME = String.raw`(?!refs/)[^\s~^:?*[\\]+`;
// Patterns that workflow triggers and GitHub environment policies read the same way: `*` stops at a
// `/` in both. `**`, `+` and `!` differ between them.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
// https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
const PATTERN = String.raw`(?!\S*\*\*)[^\s~^:?[\\+!]+`;
const ON = `( on ${NAME})?`;

/** A git branch. */
export const branch = z
  .string()
  .regex(
    new RegExp(`^${NAME}$`),
    "the name of a git branch: no refs/heads/ before it, no spaces and none of ~ ^ : ? * [ \\",
  );

/** All sources that an environment can track. */
export const tracks = z
  .string()
  .regex(
    new RegExp(
      `^(branch ${NAME}|(pre)?releases${ON}|(tags ${PATTERN}|stable tags ${PATTERN}(?<=\\*))${ON}|nothing)$`,
    ),
    "'branch NAME', 'releases', 'prereleases', 'tags PATTERN', 'stable tags PATTERN*' or 'nothing', with a name such as main (not refs/heads/main) and a pattern in which * stands for anything but / (no **, + or !); releases and tags may end with 'on BRANCH'",
  )
  .describe(
    "What is deployed by itself: every push to a branch, every full release, every release with the pre-releases, every tag that matches, " +
      "every tag that matches and is no pre-release (neither '-' nor a letter after the pattern's beginning), or nothing. " +
      "'on BRANCH' after releases and tags: only a commit of that branch.",
  );

/**
 * The sources that Netlify can track. https://docs.netlify.com/build/configure-builds/build-hooks/:
 * a hook takes a branch, not a tag.
 */
export const branchTracks = z
  .string()
  .regex(
    new RegExp(`^(branch ${NAME}|nothing)$`),
    "'branch NAME' or 'nothing': Netlify builds branches, not tags",
  )
  .describe("What is deployed by itself: every push to a branch, or nothing.");

/**
 * Parses `branch master`, `releases`, `prereleases on master`, `tags v*`, `stable tags v* on
 * master` or `nothing`; the schema has already checked the form.
 */
export function parseTracks(text: string): Tracks {
  const [kind, ...rest] = text.split(" ");
  if (kind === "branch") return { kind, branch: rest[0] ?? "" };
  const stable = kind === "stable";
  if (kind === "tags") return { kind, pattern: rest[0] ?? "", stable, ...on(rest.slice(1)) };
  if (stable) return { kind: "tags", pattern: rest[1] ?? "", stable, ...on(rest.slice(2)) };
  return kind === "releases" || kind === "prereleases"
    ? { kind: "releases", prereleases: kind === "prereleases", ...on(rest) }
    : { kind: "nothing" };
}

/** Returns the part of a pattern before its first `*`. */
export function beginningOf(pattern: string): string {
  return pattern.replace(/\*.*$/, "");
}

function on([word, name]: string[]): { on?: string } {
  return word === "on" && name !== undefined ? { on: name } : {};
}
