import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Project, readProject } from "../../stagewright/project/project";
import { ROOT } from "./projects";

/** Every system of the checkout: dandi, which is the root, and those under `systems/`. */
export function allSystems(): Project[] {
  const folders = path.join(ROOT, "systems");
  const others = readdirSync(folders)
    .map((name) => path.join(folders, name))
    .filter((dir) => existsSync(path.join(dir, "Pulumi.yaml")));
  return [ROOT, ...others].map(readProject);
}
