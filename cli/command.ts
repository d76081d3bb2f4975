import { Command } from "commander";
import { calendarCommand } from "./commands/calendar";
import { composeCommand } from "./commands/compose";
import { costCommand } from "./commands/cost";
import { doctorCommand } from "./commands/doctor";
import { driftCommand } from "./commands/drift";
import { envCommand } from "./commands/env";
import { isolationCommand } from "./commands/isolation";
import { newSystemCommand } from "./commands/new-system";
import { parityCommand } from "./commands/parity";
import { planReleaseCommand } from "./commands/plan-release";
import { policyCommand } from "./commands/policy";
import { recoverCommand } from "./commands/recover";
import { rehearseCommand } from "./commands/rehearse";
import { reportCommand } from "./commands/report";
import { reviewCommand } from "./commands/review";
import { schemaCommand } from "./commands/schema";
import { startCommand } from "./commands/start";
import { workflowsCommand } from "./commands/workflows";

/** The `stagewright` command with all that it can do. */
export function command(): Command {
  const program = new Command("stagewright")
    .description("Environments as code, rehearsed before they reach a cloud.")
    .showHelpAfterError("(stagewright --help shows what there is)")
    .exitOverride();
  const commands = [
    startCommand(),
    rehearseCommand(),
    parityCommand(),
    isolationCommand(),
    policyCommand(),
    driftCommand(),
    recoverCommand(),
    envCommand(),
    reportCommand(),
    reviewCommand(),
    workflowsCommand(),
    calendarCommand(),
    costCommand(),
    composeCommand(),
    planReleaseCommand(),
    newSystemCommand(),
    schemaCommand(),
    doctorCommand(),
  ];
  for (const subcommand of commands) program.addCommand(subcommand.copyInheritedSettings(program));
  return program;
}
