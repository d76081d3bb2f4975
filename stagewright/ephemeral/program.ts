import * as pulumi from "@pulumi/pulumi";
import { isTree, type Tree } from "../environment/merge";
import type { Program } from "../rehearsal/inline-program";
import { type Claim, type Description, RECORDS } from "./description";

/**
 * The system's own program, with the environment's records around it: who claims it and what it is
 * stand in the state before the first resource is made, and that all went well stands there after
 * the last. No run of the engine can thus leave something behind that nobody knows of.
 */
export function describedProgram(claim: Claim, description: Description, program: Program): Program {
  return async () => {
    await write(claim, description);
    const made: pulumi.Resource[] = [];
    pulumi.runtime.registerStackTransformation(({ resource }) => {
      made.push(resource);
      return undefined;
    });
    const outputs = await program();
    new pulumi.Stash(RECORDS.ready, { input: description.updated }, { dependsOn: [...made] });
    return outputs;
  };
}

/**
 * Only the records: for a run that changes the description and touches nothing else.
 * @param outputs what the stack's outputs are and shall stay
 */
export function recordsProgram(claim: Claim, description: Description, outputs: Tree): Program {
  return async () => {
    await write(claim, description);
    return outputs;
  };
}

/** The URN of the record that such a run changes. */
export function recordUrn(project: string, stack: string, name: string): string {
  return `urn:pulumi:${stack}::${project}::pulumi:index:Stash::${name}`;
}

async function write(claim: Claim, description: Description): Promise<void> {
  const claimed = await settled(new pulumi.Stash(RECORDS.claim, { input: claim }).output);
  if (!pulumi.runtime.isDryRun() && isTree(claimed) && claimed.id !== claim.id) {
    throw new pulumi.RunError(
      `${description.name} was created by ${String(claimed.owner)} at ${String(claimed.created)}, and is not touched`,
    );
  }
  await settled(new pulumi.Stash(RECORDS.description, { input: description }).urn);
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value));
  });
}
