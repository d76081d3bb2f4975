import { rmSync } from "node:fs";
import { CloudStore, type Past } from "../../stagewright/rehearsal/store";
import type { Stage } from "./rehearsed";

/** Throws Pulumi's side away, as with a lost laptop or bucket; the cloud stays. */
export function loseState(stage: Stage): void {
  rmSync(stage.rehearsal().state.dir, { recursive: true, force: true });
}

/**
 * Everything that came into the cloud or left it, but for what `tls` and `random` draw, which no
 * vendor has.
 */
export function history(stage: Stage): Past[] {
  const cloud = new CloudStore(stage.cloud);
  try {
    return cloud.history().filter(({ type }) => !/^(random|tls):/.test(type));
  } finally {
    cloud.close();
  }
}
