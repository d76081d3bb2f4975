import path from "node:path";
import { Command } from "commander";
import { readProject, type StackFiles } from "../../project/project";
import { readStackOfSystem } from "../../project/system";
import { Backups, backupText } from "../../rehearsal/backup";
import { EngineError } from "../../rehearsal/errors";
import { RecoverRefused, recover } from "../../rehearsal/recover/recover";
import { Rehearsal } from "../../rehearsal/run";
import { confirm } from "../confirm";
import { ExitCode } from "../exit";
import { cloudOption, dirOption, stackOption } from "../options";
import { recoveredLines } from "../output/recovered";

interface Options {
  stack: string;
  dir: string;
  cloud: string;
  fromBackup?: boolean;
  yes?: boolean;
}

/** `stagewright recover --stack S` */
export function recoverCommand(): Command {
  return new Command("recover")
    .description("after a crash, or with a lost state: find what exists and is not recorded, and adopt it")
    .addOption(stackOption())
    .addOption(dirOption())
    .addOption(cloudOption())
    .option("--from-backup", "put the newest backup in the place of a damaged state first")
    .option("--yes", "answer every question with yes")
    .action(run);
}

async function run({ stack, dir, cloud, fromBackup, yes }: Options): Promise<void> {
  const project = readProject(path.resolve(dir));
  const files = readStackOfSystem(project, stack);
  const rehearsal = new Rehearsal(project, { cloud, onProgress: (line) => console.error(line) });
  await releaseForeignLock(rehearsal, stack, yes);
  if (fromBackup) await restore(rehearsal, stack, yes);
  await recovered(rehearsal, files);
}

async function recovered(rehearsal: Rehearsal, files: StackFiles): Promise<void> {
  try {
    const result = await recover(rehearsal, files);
    for (const line of recoveredLines(result)) console.log(line);
    if (result.unfit.some(({ why }) => why === "unclear")) throw new ExitCode(1);
  } catch (error) {
    if (!(error instanceof RecoverRefused)) throw error;
    console.error(error.message);
    throw new ExitCode(1);
  }
}

// Only a person can know whether an engine on another machine is still running.
async function releaseForeignLock(
  { state, project }: Rehearsal,
  stack: string,
  yes?: boolean,
): Promise<void> {
  const holder = state.lockHolder(project.name, stack);
  if (!holder || holder.alive !== undefined) return;
  const what = `the lock of ${project.name}/${stack} is that of ${holder.text}, a machine that cannot be asked`;
  await confirm(`${what}; was that engine killed, and may the lock go`, yes);
  state.unlock(project.name, stack);
}

async function restore({ state, project }: Rehearsal, stack: string, yes?: boolean): Promise<void> {
  const holder = state.lockHolder(project.name, stack);
  if (holder?.alive)
    throw new EngineError(`an engine is at work on ${project.name}/${stack}: ${holder.text}`);
  const backups = new Backups(state, project.name, stack);
  const backup = backups.newest();
  const file = state.checkpoint(project.name, stack);
  if (!backup) throw new EngineError(`${file}: there is no backup of it that can be read`);
  const now = state.summary(project.name, stack);
  await confirm(
    `${file} ${now}; put the backup ${backupText(backup)} in its place, which knows nothing of what was done since`,
    yes,
  );
  backups.restore(backup);
  console.log(`${file}: is the backup ${backupText(backup)} now (${backup.file})`);
}
