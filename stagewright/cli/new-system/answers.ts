import { z } from "zod";
import { ConfigError, quoted } from "../../environment/problems";
import { hostname, repository } from "../../environment/schema/common";
import { branch } from "../../environment/schema/release/tracks";

// The longest Heroku app name built from it must fit into 30 characters, `-production` included.
const systemName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9]|-(?=[a-z0-9])){1,18}$/,
    "a system's name: 2 to 19 of a-z, 0-9 and single -, starting with a letter",
  );

const answers = z.strictObject({
  name: systemName,
  repository,
  via: z.enum(["heroku", "digitalocean"]),
  branch,
  host: hostname.optional(),
});

/** The properties of a new system. */
export type Answers = z.infer<typeof answers>;

/** The question for an answer that no flag gives, and its default. */
export const QUESTIONS: Readonly<Record<keyof Answers, { question: string; otherwise?: string }>> = {
  name: { question: "What is the system called (also its folder and its Pulumi project)?" },
  repository: { question: "Which GitHub repository is deployed (owner/name)?" },
  via: { question: "Where does it run (heroku or digitalocean)?", otherwise: "heroku" },
  branch: { question: "Which branch does staging follow?", otherwise: "main" },
  host: { question: "Under which host name is production reached (empty: Heroku's own)?", otherwise: "" },
};

/** Returns what is wrong with one answer, as the end of a sentence; `undefined` if nothing is. */
export function faultOf(key: keyof Answers, value: string): string | undefined {
  const read = answers.shape[key].safeParse(value);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  const accepted = issue?.code === "invalid_value" ? `one of ${issue.values.join(", ")}` : issue?.message;
  return `is ${quoted(value)}; accepted: ${accepted}`;
}

/**
 * Validates the answers, from flags or questions.
 *
 * @throws ConfigError with one sentence for each that is missing or not accepted
 */
export function readAnswers(given: Readonly<Partial<Record<keyof Answers, string>>>): Answers {
  const problems = (Object.keys(answers.shape) as (keyof Answers)[]).flatMap((key) => {
    const value = given[key];
    const flag = key === "name" ? "NAME" : `--${key}`;
    if (value === undefined || value === "") {
      if (key !== "host") return [{ file: "", key: flag, says: "is missing" }];
      return given.via === "digitalocean"
        ? [{ file: "", key: flag, says: "is missing; a droplet has no host name of its own" }]
        : [];
    }
    const says = faultOf(key, value);
    return says === undefined ? [] : [{ file: "", key: flag, says }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return answers.parse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")));
}
