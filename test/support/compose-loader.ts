import path from "node:path";
import { run } from "../../stagewright/host/run";
import { madeOnce, must } from "./cached";
import { ROOT } from "./projects";

const SOURCES = path.join(ROOT, "test/tools/compose");
const PINS = ["go.mod", "go.sum", "main.go"].map((file) => path.join(SOURCES, file));

/**
 * What the Compose specification's own library says of a file, the one that Docker Compose is made
 * of; `undefined` where it accepts it. It is built as `test/tools/compose/` pins it.
 */
export async function composeFault(file: string): Promise<string | undefined> {
  const folder = await madeOnce("compose", PINS, (made) =>
    must("the loader of Compose files cannot be built", "go", [
      ...["build", "-C", SOURCES, "-mod=readonly"],
      ...["-o", path.join(made, "compose"), "."],
    ]),
  );
  const { code, output } = await run(path.join(folder, "compose"), [file]);
  return code === 0 ? undefined : output.trim();
}
