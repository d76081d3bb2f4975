import { Command, InvalidArgumentError, Option } from "commander";
import { parse } from "yaml";
import { isTree, type Tree } from "../../../environment/merge";
import { isReserved, NOT_RESERVED } from "../../../environment/reserved";
import { limitsOf } from "../../../ephemeral/limits";
import type { DatabaseWish, PartWish } from "../../../ephemeral/request";
import { readStackOfSystem } from "../../../project/system";
import { jsonOption } from "../../options";
import { environmentText } from "../../output/environments";
import { UsageError } from "../../usage";
import { openSystem, refusing, type SystemOptions, ttlOption, withSystem } from "./system";

interface Options extends SystemOptions {
  like: string;
  update?: boolean;
  ttl?: string;
  branch?: string;
  follow?: boolean;
  owner?: string;
  database?: DatabaseWish;
  broker: PartWish;
  bucket: PartWish;
  set: Tree;
  json?: boolean;
}

const PARTS = ["own", "shared", "none"] as const satisfies PartWish[];

/** `stagewright env create NAME --like STACK` */
export function createCommand(): Command {
  const command = new Command("create")
    .description("create one like a stack: its spec with names of its own, everything small, for a time")
    .argument("<NAME>", "its name, for example pr-12")
    .requiredOption("--like <stack>", "the stack that it is like, for example staging")
    .option("--update", "bring one that is there to what the files say today")
    .addOption(ttlOption())
    .option("--branch <name>", "the branch that it is of")
    .option("--follow", "deploy every push to that branch: the deploy workflow is committed to it")
    .option("--owner <login>", "whose it is (default: whoever runs this)")
    .addOption(
      new Option(
        "--database <whose>",
        "shared: the stack's, attached; empty: its own; copy: its own, forked from the stack's",
      ).choices(["shared", "empty", "copy"] satisfies DatabaseWish[]),
    )
    .addOption(new Option("--broker <whose>", "its own, the stack's, or none").choices(PARTS).default("own"))
    .addOption(
      new Option("--bucket <whose>", "its own, a part of the stack's, or none").choices(PARTS).default("own"),
    )
    .option(
      "--set <path=value>",
      "one more difference, any number of times, for example api.region=eu",
      addSetting,
      {},
    )
    .addOption(jsonOption());
  return withSystem(command).action(create);
}

async function create(name: string, options: Options): Promise<void> {
  const { like, branch, follow = false, broker, bucket, set, ttl, owner, update, json } = options;
  if (follow && branch === undefined)
    throw new UsageError("--follow needs --branch: the branch whose pushes are deployed");
  const { project, environments } = openSystem(options);
  const told = json ? (error: string) => console.log(JSON.stringify({ name, error })) : undefined;
  const view = await refusing(async () => {
    const files = readStackOfSystem(project, like);
    const database = options.database ?? limitsOf(files.spec).database;
    const request = { name, branch, follow, database, broker, bucket, set };
    return environments.create(project, { request, like: files, ttl, owner, update });
  }, told);
  console.log(json ? JSON.stringify(view) : environmentText(view, environments.now()));
}

/** Adds `path=value`, the value as YAML, to a tree. */
function addSetting(text: string, tree: Tree): Tree {
  const { path, value } = /^(?<path>[A-Za-z][\w-]*(?:\.[\w-]+)*)=(?<value>.*)$/s.exec(text)?.groups ?? {};
  if (path === undefined || value === undefined)
    throw new InvalidArgumentError(`'${text}' is not of the form path=value, for example api.region=eu`);
  const reserved = path.split(".").find(isReserved);
  if (reserved !== undefined)
    throw new InvalidArgumentError(`'${text}' sets '${reserved}'; accepted: ${NOT_RESERVED}`);
  return added(tree, path.split("."), parse(value));
}

function added(tree: Tree, [key = "", ...rest]: string[], value: unknown): Tree {
  if (rest.length === 0) return { ...tree, [key]: value };
  const below = tree[key];
  return { ...tree, [key]: added(isTree(below) ? below : {}, rest, value) };
}
