import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { isTree, type Tree } from "../../stagewright/environment/merge";
import { ROOT, scratch } from "../support/projects";

/** A copy of a system's configuration in which a stack differs in more. Gives its folder. */
export function changed(system: string, stack: string, change: Tree): string {
  const dir = path.join(scratch(), system);
  mkdirSync(dir);
  const from = path.join(ROOT, "systems", system);
  for (const file of readdirSync(from).filter((name) => /^Pulumi.*\.yaml$/.test(name)))
    cpSync(path.join(from, file), path.join(dir, file));
  const file = path.join(dir, `Pulumi.${stack}.yaml`);
  const settings = parse(readFileSync(file, "utf8")) as { config: Record<string, Tree> };
  const key = `${system}:differs`;
  settings.config[key] = patched(settings.config[key] ?? {}, change);
  writeFileSync(file, stringify(settings));
  return dir;
}

// A patch on a patch: what takes something away must stay in it.
function patched(differs: Tree, change: Tree): Tree {
  return Object.fromEntries(
    [...new Set([...Object.keys(differs), ...Object.keys(change)])].map((key) => {
      const [before, after] = [differs[key], change[key]];
      if (!(key in change)) return [key, before];
      return [key, isTree(before) && isTree(after) ? patched(before, after) : after];
    }),
  );
}
