import { readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/root";

/** Every stack of every system, with the system's folder. */
export function allStacks(): { dir: string; stack: string }[] {
  const systems = path.join(ROOT, "systems");
  const dirs = [ROOT, ...readdirSync(systems).map((name) => path.join(systems, name))];
  return dirs.flatMap((dir) =>
    readdirSync(dir).flatMap((file) => {
      const stack = /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1];
      return stack === undefined ? [] : [{ dir, stack }];
    }),
  );
}
