import { findEngine } from "../../stagewright/engine/find";

/**
 * Finds the engine before the tests that need it, so that they do not all wait while it is built.
 */
export default async function setup(): Promise<void> {
  const { version, origin } = await findEngine({ progress: (line) => console.log(line) });
  console.log(`engine: pulumi ${version} (${origin})`);
}
