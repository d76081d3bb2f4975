import path from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { type Failure, isOfKnownType, parseFailure } from "../rehearsal/conditions";

/** `--dir`, the folder of the Pulumi project. */
export const dirOption = () =>
  new Option("--dir <folder>", "folder of the Pulumi project, for example systems/upendo").default(
    ".",
    "this folder",
  );

/** `--stack`, required. */
export const stackOption = () =>
  new Option("--stack <name>", "which stack, for example staging").makeOptionMandatory();

/** `--cloud`, resolved against the current folder. */
export const cloudOption = () =>
  new Option("--cloud <file>", "file of the rehearsal cloud, shared by all stacks rehearsed in it")
    .argParser((file: string) => path.resolve(file))
    .default(path.resolve(".rehearsal/cloud.db"), ".rehearsal/cloud.db");

/** `--json`. */
export const jsonOption = () => new Option("--json", "print one JSON object instead of text");

/** `--latency`. */
export const latencyOption = () =>
  new Option("--latency <kind>", "how long the vendors take").choices(["none", "realistic"]).default("none");

/** `--fail`, repeatable. */
export const failOption = () =>
  new Option(
    "--fail <TYPE:OPERATION:NTH[:ERROR]>",
    "let the NTH such operation fail; ERROR 'crash' kills the engine after it",
  )
    .argParser((text: string, others: Failure[]) => {
      const failure = parseFailure(text);
      if (failure && !isOfKnownType(failure))
        throw new InvalidArgumentError(
          `'${failure.type}' is not a resource type; accepted: a type token such as heroku:formation/formation:Formation, its last part such as Formation, or *`,
        );
      if (failure) return [...others, failure];
      throw new InvalidArgumentError(
        `'${text}' is not of the form TYPE:OPERATION:NTH[:ERROR] with OPERATION one of create, read, update, delete, for example heroku:formation/formation:Formation:create:2`,
      );
    })
    .default([] as Failure[], "none");
