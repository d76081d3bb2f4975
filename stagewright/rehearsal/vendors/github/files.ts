import { createHash } from "node:crypto";
import type { Kind, Occasion } from "../../vendor";
import { facts } from "./facts";
import {
  addBranch,
  fullNameOf,
  idOf,
  refuse,
  replacesWithRepository,
  repositoryIfAny,
  repositoryOf,
} from "./repositories";
import { refuseDirectCommit } from "./rulesets";

export const FILE = "github:index/repositoryFile:RepositoryFile";

export const file: Kind = {
  facts: facts[FILE],
  replaces: replacesWithRepository,
  identity: (occasion) => ({
    scope: scopeOf(fullNameOf(occasion.caller, occasion.inputs), branchOf(occasion)),
    name: String(occasion.inputs.file),
  }),
  overwrites: ({ inputs }) => inputs.overwriteOnCreate === true,
  id: (occasion) => idOf(occasion.inputs.repository, occasion.inputs.file, branchOf(occasion)),
  defaults: (occasion) => ({
    autocreateBranch: false,
    autocreateBranchSourceBranch: "main",
    autocreateBranchSourceSha: "",
    branch: branchOf(occasion),
    commitMessage: `${occasion.id === undefined ? "Add" : "Update"} ${occasion.inputs.file}`,
    overwriteOnCreate: false,
  }),
  derived(occasion, id) {
    const { fullName, id: repositoryId } = repositoryOf(occasion);
    const { content, commitMessage } = occasion.inputs;
    const sha = blobSha(String(content));
    return {
      repositoryId,
      sha,
      ref: branchOf(occasion),
      // A real commit's tree and time are unknown here, so the hash covers the file, its content
      // and the message.
      commitSha: sha1(JSON.stringify(["commit", fullName, id, sha, commitMessage])),
    };
  },
  rules(occasion, existing) {
    const { things, caller, inputs } = occasion;
    const repository = repositoryOf(occasion);
    const branch = branchOf(occasion);
    // https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents
    if (!repository.branches.includes(branch) && inputs.autocreateBranch !== true)
      refuse(404, `Branch ${branch} not found (in ${repository.fullName})`);
    if (String(inputs.file).startsWith("/")) refuse(422, "path cannot start with a slash");
    const there = things.named(FILE, scopeOf(repository.fullName, branch), String(inputs.file));
    // The provider's own message:
    // https://registry.terraform.io/providers/integrations/github/latest/docs/resources/repository_file
    if (!existing && there && inputs.overwriteOnCreate !== true)
      refuse(
        422,
        `refusing to overwrite existing file ${inputs.file}: configure overwrite_on_create to true to override`,
      );
    refuseDirectCommit(things, caller, repository, branch);
  },
  mayDelete(things, thing, caller) {
    const { repository, branch } = thing.properties;
    const found = repositoryOf({ things, caller, inputs: { repository } });
    refuseDirectCommit(things, caller, found, String(branch));
  },
  after(things, event, { account, properties: { repository, branch } }) {
    if (event !== "create") return;
    const found = repositoryOf({ things, caller: { account, config: {} }, inputs: { repository } });
    if (!found.branches.includes(String(branch))) addBranch(things, found, String(branch));
  },
  latency: { create: 3, update: 3, delete: 3 },
};

function branchOf(occasion: Occasion): string {
  return String(occasion.inputs.branch ?? repositoryIfAny(occasion)?.defaultBranch);
}

/**
 * The scope in which a file's path is unique.
 * @param repository `owner/name`
 */
export function scopeOf(repository: string, branch: string): string {
  return `${repository}@${branch}`;
}

/**
 * Returns Git's object name of a content. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
function blobSha(content: string): string {
  return sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
