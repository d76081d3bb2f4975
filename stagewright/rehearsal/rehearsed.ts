import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Project, StackFiles } from "../project/project";
import type { DeployedResource } from "../resources/deployment";
import { EngineError } from "./errors";
import { Rehearsal } from "./run";
import { seedOthersIn } from "./seed";
import { CloudStore, type Thing } from "./store";

/**
 * A stack that the real engine brought up from nothing, alone in its own rehearsal cloud with the
 * resources that it shares with others.
 */
export interface Rehearsed {
  /** With secrets in plain text. */
  resources: DeployedResource[];
  /**
   * Everything in the cloud afterwards, including the seeded resources and those of other
   * environments that it uses.
   */
  things: Thing[];
}

/** @throws EngineError if the stack fails to come up. */
export async function rehearsed(
  project: Project,
  files: StackFiles,
  onProgress?: (line: string) => void,
): Promise<Rehearsed> {
  const scratch = mkdtempSync(path.join(tmpdir(), "stagewright-"));
  try {
    const cloud = path.join(scratch, "cloud.db");
    seedOthersIn(cloud, files.spec);
    const rehearsal = new Rehearsal(project, { cloud, onProgress });
    const outcome = await rehearsal.run(files, "up");
    if (!outcome.ok) throw new EngineError(`${files.stack} does not come up: ${outcome.errors.join("\n")}`);
    const { deployment } = await rehearsal.exportStack(files);
    return { resources: deployment.resources ?? [], things: thingsIn(cloud) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function thingsIn(cloud: string): Thing[] {
  const store = new CloudStore(cloud);
  try {
    return store.all();
  } finally {
    store.close();
  }
}
