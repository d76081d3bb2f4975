/** What our workflow files begin with, by what they do. */
export const KINDS = [
  "deploy",
  "migrate",
  "promote",
  "offer",
  "verify",
  "watch",
  "operate",
  "preview",
  "reap",
  "restore-data",
] as const;

/** A workflow file and where GitHub must find it. */
export interface WorkflowFile {
  /** Path in the repository. */
  path: string;
  /** `owner/name`. */
  repository: string;
  /**
   * The branch that holds the file; `undefined`: the repository's default branch. GitHub takes a
   * workflow from the commit of its event: that is the pushed branch, and for a tag or release the
   * commit that it marks, which comes from the default branch.
   * https://docs.github.com/en/actions/concepts/workflows-and-actions/workflows#about-workflow-triggers
   */
  branch: string | undefined;
  content: string;
}
