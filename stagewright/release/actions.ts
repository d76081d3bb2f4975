import { annotated, type Node } from "./document";

/**
 * The actions that workflows use, pinned by commit: a tag can be moved, a commit cannot.
 * https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
const PINNED = {
  "actions/checkout": { commit: "3d3c42e5aac5ba805825da76410c181273ba90b1", version: "v7.0.1" },
} as const;

/** The `uses:` of a step. */
export function action(name: keyof typeof PINNED): Node {
  const { commit, version } = PINNED[name];
  return annotated(`${name}@${commit}`, version);
}
