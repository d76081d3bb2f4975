import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Command } from "commander";
import { type Answers, faultOf, QUESTIONS, readAnswers } from "../new-system/answers";
import { systemFiles } from "../new-system/files";
import { UsageError } from "../usage";

// The folder of this program, which the index.ts of every system re-exports.
const PROGRAM = path.resolve(__dirname, "../../../components/program");

type Given = Partial<Record<keyof Answers, string>>;

/** `stagewright new-system NAME` */
export function newSystemCommand(): Command {
  return new Command("new-system")
    .description(
      "write a system's files: production and staging, ready to be rehearsed; asks for what no flag says",
    )
    .argument("[name]", "name of the system, of its folder and of its Pulumi project, for example payslip")
    .option("--repository <owner/name>", "GitHub repository that is deployed")
    .option("--via <platform>", "where it runs: heroku or digitalocean")
    .option("--branch <name>", "branch that staging follows")
    .option("--host <name>", "host name of production, in a zone at DigitalOcean; default: Heroku's own")
    .option("--in <folder>", "folder of the systems", "systems")
    .action(create);
}

async function create(
  name: string | undefined,
  { in: parent, ...flags }: Given & { in: string },
): Promise<void> {
  const fault: Fault = (key, value) =>
    faultOf(key, value) ?? (key === "name" ? faultOfFolder(path.join(parent, value)) : undefined);
  // Fails before it asks any question.
  const wrong = name === undefined ? undefined : fault("name", name);
  if (wrong !== undefined) throw new UsageError(`NAME: ${wrong}`);
  const given = { name, ...flags };
  const answers = readAnswers(process.stdin.isTTY ? await ask(given, fault) : withDefaults(given));
  const dir = path.join(parent, answers.name);
  const program = path.relative(path.resolve(dir), PROGRAM).split(path.sep).join("/");
  const files = systemFiles(answers, program);
  mkdirSync(dir, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(path.join(dir, file), content);
    console.log(path.join(dir, file));
  }
  console.log(`\nRehearse it: npx stagewright start --dir ${dir}`);
}

/** Returns what is wrong with an answer, as the end of a sentence; `undefined` if nothing is. */
type Fault = (key: keyof Answers, value: string) => string | undefined;

function faultOfFolder(dir: string): string | undefined {
  return existsSync(dir) ? `${dir} exists already; accepted: the name of a new folder` : undefined;
}

const KEYS = Object.keys(QUESTIONS) as (keyof Answers)[];

function withDefaults(flags: Given): Given {
  return Object.fromEntries(KEYS.map((key) => [key, flags[key] ?? QUESTIONS[key].otherwise]));
}

/** Asks a person for each answer that no flag gives, until it is accepted or the input ends. */
async function ask(flags: Given, faultOf: Fault): Promise<Given> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Reads line by line, including lines that arrive before their question.
  const typed = terminal[Symbol.asyncIterator]();
  const given: Given = { ...flags };
  try {
    for (const key of KEYS) {
      const { question, otherwise } = QUESTIONS[key];
      terminal.setPrompt(otherwise ? `${question} [${otherwise}] ` : `${question} `);
      while (given[key] === undefined) {
        terminal.prompt();
        const line = await typed.next();
        if (line.done) return given;
        const answer = line.value.trim() || otherwise;
        const fault = answer ? faultOf(key, answer) : undefined;
        if (fault !== undefined) console.log(`  ${fault}`);
        else if (answer !== undefined) given[key] = answer;
      }
    }
    return given;
  } finally {
    terminal.close();
  }
}
