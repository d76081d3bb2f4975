import path from "node:path";
import { Command, Option } from "commander";
import { counts } from "../../policy/findings";
import { reviewHtml } from "../../review/print/html";
import { reviewJson } from "../../review/print/json";
import { reviewMarkdown } from "../../review/print/markdown";
import { reviewText } from "../../review/print/text";
import { review } from "../../review/review";
import type { Review, StackReview } from "../../review/summary/model";
import { ExitCode } from "../exit";
import { dirOption } from "../options";
import { colored } from "../output/colored";
import { UsageError } from "../usage";

const FORMATS: Readonly<Record<string, (review: Review) => string>> = {
  text: (found) => reviewText(found, colored()),
  markdown: (found) => reviewMarkdown(found),
  html: reviewHtml,
  json: reviewJson,
};

/** Findings that can make a review fail even though the change could be applied. */
const FAILS = {
  danger: ({ verdict }) => verdict.level === "danger",
  policy: ({ policy }) => policy?.added.some(counts) ?? false,
  cost: ({ cost }) => cost?.before !== undefined && cost.after > cost.before,
} satisfies Record<string, (stack: StackReview) => boolean>;

interface Options {
  failOn: (keyof typeof FAILS)[];
  stack?: string;
  all?: boolean;
  dir: string;
  base?: string;
  format: string;
  live?: boolean;
}

/** `stagewright review --stack S|--all` */
export function reviewCommand(): Command {
  return new Command("review")
    .description("say what the working tree would change, without an account or a secret")
    .option("--stack <name>", "which stack, for example staging")
    .option("--all", "every stack, those that come and go included")
    .addOption(dirOption())
    .option("--base <ref>", "what to compare with (default: the merge base of HEAD with the main branch)")
    .option("--live", "also run `pulumi preview` with your credentials, and say where the two differ")
    .addOption(
      new Option("--format <format>", "how it is written").choices(Object.keys(FORMATS)).default("text"),
    )
    .addOption(
      new Option(
        "--fail-on <what...>",
        "also exit with 1 where a stack is in danger, breaks the policy anew, or costs more",
      )
        .choices(Object.keys(FAILS))
        .default([], "nothing that can be applied"),
    )
    .action(reviewed);
}

async function reviewed({ stack, all, dir, base, format, live, failOn }: Options): Promise<void> {
  if ((stack === undefined) === (all !== true)) {
    const given = stack === undefined ? "neither is given" : "both are given";
    throw new UsageError(`either --stack NAME or --all says what is reviewed; ${given}`);
  }
  const found = await review({
    dir: path.resolve(dir),
    stack,
    base,
    live,
    onProgress: (line) => console.error(line),
  });
  console.log(FORMATS[format]?.(found));
  const wrong = found.stacks.filter(({ misconfigured }) => misconfigured).flatMap(({ errors }) => errors);
  for (const sentence of new Set(wrong)) console.error(sentence);
  if (wrong.length > 0) throw new ExitCode(2);
  const failures = failOn.flatMap((what) => {
    const stacks = found.stacks.filter(FAILS[what]).map(({ stack }) => stack);
    return stacks.length > 0 ? [`--fail-on ${what}: ${stacks.join(", ")}`] : [];
  });
  for (const failure of failures) console.error(failure);
  if (failures.length > 0 || found.stacks.some(({ verdict }) => verdict.level === "refused"))
    throw new ExitCode(1);
}
