import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { compose, composeText, SECRETS_FILE, secretsText } from "../../compose/compose";
import { pythonOf } from "../../compose/python";
import { ConfigError } from "../../environment/problems";
import { readProject } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { dirOption, stackOption } from "../options";

interface Options {
  stack: string;
  dir: string;
  out?: string;
  app?: string;
}

/** `stagewright compose --stack S [--dir D] [--app DIR] [--out FILE]` */
export function composeCommand(): Command {
  return new Command("compose")
    .description(
      "write a Compose file of a stack: the same versions, process types and variables on a laptop",
    )
    .addOption(stackOption())
    .addOption(dirOption())
    .option(
      "--out <file>",
      `file to write, with the secrets' placeholders beside it in ${SECRETS_FILE}; default: print it`,
    )
    .option(
      "--app <folder>",
      "checkout of the app, whose .python-version counts; default: the folder of --out, else this folder",
    )
    .action(write);
}

function write({ stack, dir, out, app }: Options): void {
  const project = readProject(path.resolve(dir));
  const { spec, place } = readStackOfSystem(project, stack);
  const { api } = spec;
  if (!api) {
    const says = "is missing; accepted: a description of the app, without which there is nothing to compose";
    throw new ConfigError([{ ...place(["api"]), says }]);
  }
  const version = path.join(app ?? (out === undefined ? "." : path.dirname(out)), ".python-version");
  const text = existsSync(version) ? readFileSync(version, "utf8") : undefined;
  const python = pythonOf(api, { path: version, text });
  const { file, secrets } = compose(spec, { name: `${project.name}-${stack}`, python });
  const content = composeText(file, `the environment ${spec.name} of ${project.name}`);
  if (out === undefined) {
    process.stdout.write(content);
    return;
  }
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, content);
  console.log(`${out}: ${Object.keys(file.services).join(", ")}`);
  if (Object.keys(secrets).length > 0) keepSecrets(path.dirname(out), secrets);
}

// Keeps the values of an existing file, which a person has set, and adds only the new ones.
function keepSecrets(folder: string, secrets: Readonly<Record<string, string>>): void {
  const file = path.join(folder, SECRETS_FILE);
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const missing = Object.entries(secrets).filter(
    ([name]) => !before?.split("\n").some((line) => line.startsWith(`${name}=`)),
  );
  if (before === undefined) writeFileSync(file, secretsText(secrets), { mode: 0o600 });
  else if (missing.length > 0) {
    writeFileSync(file, `${before.trimEnd()}\n${missing.map((pair) => `${pair.join("=")}\n`).join("")}`);
  }
  console.log(`${file}: ${missing.map(([name]) => name).join(", ") || "unchanged"}`);
  ignore(folder);
}

function ignore(folder: string): void {
  const file = path.join(folder, ".gitignore");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (before.split("\n").some((line) => line.trim().replace(/^\//, "") === SECRETS_FILE)) return;
  const start = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  writeFileSync(file, `${start}${SECRETS_FILE}\n`);
  console.log(`${file}: ${SECRETS_FILE}`);
}
