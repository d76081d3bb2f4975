import { parse } from "yaml";
import { isTree } from "../../environment/merge";
import { quoted } from "../../environment/problems";
import type { ResourceState } from "../../resources/graph";
import type { ByType, ResourceType } from "../../resources/types";
import { inputsOf, textAt } from "../resource";
import type { ResourceRule } from "../rule";
import { statementsOf } from "../statements";

/** AWS rights name what may be done, and on what. */
export const leastPrivilege: ResourceRule = {
  name: "least-privilege",
  severity: "error",
  title: "AWS rights name their actions and resources, none is `*`",
  because: "whoever gets hold of a program's key can do all that the key may",
  fix: "name the actions that the program calls and the ARNs that it calls them on; state an exception where AWS knows no narrower resource",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  each(resource) {
    const inputs = inputsOf(resource);
    const document = DOCUMENTS[resource.type];
    const stated =
      document === undefined ? [] : statementsOf(inputs[document]).filter(({ allows }) => allows);
    const managed = ATTACHMENTS.has(resource.type) ? (textAt(inputs, "policyArn") ?? "") : "";
    return [
      ...stated.flatMap(({ name, actions, resources }) => [
        ...actions
          .filter((action) => /^(\*|[\w-]+:\*)$/.test(action))
          .map((action) => `allows the action ${quoted(action)} (statement ${quoted(name)})`),
        ...(resources.includes("*") ? [`allows it on every resource (statement ${quoted(name)})`] : []),
      ]),
      ...(/^arn:aws:iam::aws:policy\/(.*FullAccess|AdministratorAccess|PowerUserAccess)$/.test(managed)
        ? [`attaches ${quoted(managed.slice(managed.indexOf("/") + 1))}`]
        : []),
    ];
  },
};

/** The input that holds a policy document. */
const DOCUMENTS: ByType<string> = {
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
};

const ATTACHMENTS: ReadonlySet<ResourceType> = new Set<ResourceType>([
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
]);

/** At GitHub, keys and tokens may do what they are for. */
export const githubRights: ResourceRule = {
  name: "github-rights",
  severity: "error",
  title: "Deploy keys only read, and workflows ask for each right that they use",
  because: "a key or a token that may write turns a stolen build into a changed program",
  fix: "make deploy keys with `readOnly: true`; begin a workflow with `permissions: {}` and let each job name its own",
  source: "https://docs.github.com/en/actions/reference/security/secure-use",
  each(resource) {
    const inputs = inputsOf(resource);
    switch (resource.type) {
      case "github:index/repositoryDeployKey:RepositoryDeployKey":
        return inputs.readOnly === true ? [] : ["may write to the repository (`readOnly` is not true)"];
      case "github:index/repositoryCollaborator:RepositoryCollaborator":
      case "github:index/teamRepository:TeamRepository":
        return inputs.permission === "admin" ? ["makes an administrator of the repository"] : [];
      case WORKFLOW_FILE:
        return workflowRights(resource);
      default:
        return [];
    }
  },
};

/** The type of what commits a file to GitHub. */
const WORKFLOW_FILE = "github:index/repositoryFile:RepositoryFile";

/** The parsed workflow that a resource commits; `undefined` where it commits none. */
export function workflowOf(resource: ResourceState): unknown {
  if (resource.type !== WORKFLOW_FILE) return undefined;
  const { file, content } = inputsOf(resource);
  if (!/^\.github\/workflows\/.+\.ya?ml$/.test(String(file)) || typeof content !== "string") return undefined;
  return parse(content);
}

// Without the key a token may do what the repository's settings say, which may be everything.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
function workflowRights(resource: ResourceState): string[] {
  const workflow = workflowOf(resource);
  if (!isTree(workflow)) return [];
  const jobs = Object.entries(isTree(workflow.jobs) ? workflow.jobs : {});
  const all = jobs
    .filter(([, job]) => isTree(job) && job.permissions === "write-all")
    .map(([name]) => `gives the job ${quoted(name)} every right`);
  if (workflow.permissions === "write-all") return ["gives its jobs every right", ...all];
  const silent = jobs
    .filter(([, job]) => isTree(job) && job.permissions === undefined)
    .map(([name]) => quoted(name));
  return workflow.permissions === undefined && silent.length > 0
    ? [`does not say what its jobs may do (${silent.join(", ")})`, ...all]
    : all;
}
