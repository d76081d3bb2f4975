import path from "node:path";
import { madeOnce, pipInstall } from "./cached";
import { ROOT } from "./projects";

const PINS = path.join(ROOT, "components/api-app/droplet/machine/root/usr/local/lib/stagewright/uv.txt");

/** The folder whose `bin/uv` is the one of a droplet, installed as it installs it. */
export function uv(): Promise<string> {
  return madeOnce("uv", [PINS], (folder) => pipInstall("the tests of droplets need uv", PINS, folder));
}
