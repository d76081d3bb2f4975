import { AsyncResource } from "node:async_hooks";
import { getRepositoryFile } from "@pulumi/github/getRepositoryFile";
import * as pulumi from "@pulumi/pulumi";
import { originOf } from "../../stagewright/release/header";
import type { WorkflowFile } from "../../stagewright/release/workflow-file";

/**
 * Looks, before a workflow file is committed to a branch for the first time, at what is there at
 * its path: a merge may have brought the file, and an `up` that broke off may have committed it.
 * Ours is taken over; somebody else's, and that of another environment, is refused in a sentence.
 * @param name of the resource, unique in the program
 */
export function onlyOverOurs(
  name: string,
  file: WorkflowFile,
  opts: pulumi.InvokeOptions,
): pulumi.ResourceHook {
  const { repository, branch, path } = file;
  const look = async () => {
    const [, own = repository] = repository.split("/");
    const found = await getRepositoryFile({ repository: own, file: path, branch }, opts);
    // GitHub's provider answers for a file that is not there with nothing.
    const there: string | undefined = found.content;
    if (there) refuseForeign(file, there);
  };
  // The engine calls the hook from outside of the program, in whose context alone the SDK knows the
  // engine.
  return new pulumi.ResourceHook(`${name}-over-ours`, AsyncResource.bind(look), { onDryRun: true });
}

function refuseForeign({ repository, branch, path, content }: WorkflowFile, there: string): void {
  const [ours, theirs] = [originOf(content), originOf(there)];
  if (theirs && theirs.environment === ours?.environment && theirs.system === ours.system) return;
  const whose = theirs ? `belongs to ${theirs.environment} of ${theirs.system}` : "is not Stagewright's";
  throw new pulumi.RunError(
    `${repository}: ${path} on ${branch ?? "the default branch"} ${whose} and stays as it is; ` +
      `once it is moved or deleted there, \`pulumi up\` commits that of ${ours?.environment} of ${ours?.system}`,
  );
}
