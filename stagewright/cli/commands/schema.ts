import path from "node:path";
import { Command, Option } from "commander";
import { projectSchema } from "../../environment/json-schema";
import { schemaMarkdown } from "../../environment/markdown";
import { readProject } from "../../project/project";
import { dirOption } from "../options";

/** `stagewright schema` */
export function schemaCommand(): Command {
  return new Command("schema")
    .description(
      "print the JSON Schema of Pulumi.yaml and Pulumi.<stack>.yaml, for editors, or its reference for people",
    )
    .addOption(dirOption())
    .addOption(new Option("--format <format>", "what to print").choices(["json", "markdown"]).default("json"))
    .action(({ dir, format }: { dir: string; format: "json" | "markdown" }) => {
      if (format === "markdown") {
        process.stdout.write(schemaMarkdown());
        return;
      }
      console.log(JSON.stringify(projectSchema(readProject(path.resolve(dir)).name), null, 2));
    });
}
