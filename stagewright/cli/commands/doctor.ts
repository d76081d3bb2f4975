import { Command } from "commander";
import { doctor, renderDoctor } from "../../engine/doctor";
import { ExitCode } from "../exit";

/** `stagewright doctor` */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("say what is missing on this machine, and how to mend it")
    .action(async () => {
      const findings = await doctor();
      console.log(renderDoctor(findings));
      if (findings.some(({ ok }) => !ok)) throw new ExitCode(1);
    });
}
