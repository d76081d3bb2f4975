import path from "node:path";
import { madeOnce, must, pipInstall } from "./cached";
import { ROOT } from "./projects";

const SOURCES = path.join(ROOT, "test/tools/actionlint");
const REQUIREMENTS = path.join(ROOT, "test/tools/requirements.txt");
const PINS = [path.join(SOURCES, "go.mod"), path.join(SOURCES, "go.sum"), REQUIREMENTS];
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint";
const NEED = "the tests' linters cannot be installed";

/**
 * The folder of the executables `actionlint`, `zizmor` and `shellcheck`, as `test/tools/` pins
 * them.
 */
export async function linters(): Promise<string> {
  const folder = await madeOnce("linters", PINS, async (made) => {
    await pipInstall(NEED, REQUIREMENTS, made);
    await must(NEED, "go", [
      ...["build", "-C", SOURCES, "-mod=readonly"],
      ...["-o", path.join(made, "bin/actionlint"), ACTIONLINT],
    ]);
  });
  return path.join(folder, "bin");
}
