import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { preProcessFile } from "typescript";

const ROOT = path.resolve(__dirname, "..");
const PAGE = path.join(ROOT, "docs/architecture.md");
const DRAWING = /(<!-- drawn by docs\/draw-imports\.ts -->\n).*?(<!-- end -->)/s;

/** Folders by name, each with the folders that its files import, and with one such file each. */
export type Imports = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** `stagewright/NAME` and `providers/NAME` are subjects of their own; elsewhere the top folder is. */
export function subjectOf(file: string): string {
  const [top = "", next = ""] = file.split("/");
  return (top === "stagewright" || top === "providers") && !next.includes(".") ? `${top}/${next}` : top;
}

/** What the folders of this checkout import of each other. Tests are left out. */
export function imports(): Imports {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.js"],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  const files = listed
    .trim()
    .split("\n")
    .filter((file) => file.includes("/") && !file.startsWith("test/"));
  const all = new Set(files);
  const found = new Map<string, Map<string, string>>();
  for (const file of files.sort()) {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    if (subjectOf(file) === "stagewright") continue;
    const of = found.get(subjectOf(file)) ?? new Map<string, string>();
    found.set(subjectOf(file), of);
    for (const { fileName } of preProcessFile(text, true, true).importedFiles) {
      const to = targetOf(file, fileName, all);
      if (to !== undefined && to !== subjectOf(file) && !of.has(to))
        of.set(to, `${file} imports ${fileName}`);
    }
  }
  return found;
}

function targetOf(file: string, imported: string, all: ReadonlySet<string>): string | undefined {
  if (/^@(pulumiverse\/heroku|pulumi\/netlify)(\/|$)/.test(imported)) return "sdks";
  if (!imported.startsWith(".")) return undefined;
  const target = path.posix.join(path.posix.dirname(file), imported);
  const found = [target, `${target}.ts`, `${target}.js`, `${target}/index.ts`].find((one) => all.has(one));
  const folder = found && subjectOf(found);
  return folder === "stagewright" ? undefined : folder; // the loader of TypeScript is everybody's
}

/**
 * The folders as a Mermaid flowchart, importers above what they import. An arrow that a longer way
 * implies is left out.
 */
export function drawing(found: Imports): string {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of found.get(from)?.keys() ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      reach(to, seen);
    }
    return seen;
  };
  const lines = [...found].sort().flatMap(([from, to]) => {
    const direct = [...to.keys()].sort();
    const needed = direct.filter((one) => !direct.some((other) => other !== one && reach(other).has(one)));
    return needed.map((one) => `  ${node(from)} --> ${node(one)}`);
  });
  return ["```mermaid", "flowchart TB", ...lines, "```", ""].join("\n");
}

function node(folder: string): string {
  return `${folder.replaceAll(/\W/g, "_")}["${folder.replace("stagewright/", "")}"]`;
}

/** `docs/architecture.md` with its drawing made anew. */
export function drawn(page: string): string {
  return page.replace(DRAWING, (_, begin: string, end: string) => `${begin}${drawing(imports())}${end}`);
}

if (require.main === module) writeFileSync(PAGE, drawn(readFileSync(PAGE, "utf8")));
