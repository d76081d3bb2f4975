import { z } from "zod";

// https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
const LOGIN = "[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?(_[A-Za-z0-9]+)?";

/** The GitHub login of one person. */
export const login = z.string().regex(new RegExp(`^${LOGIN}$`), "the GitHub login of one person");

/** People at GitHub, each `user LOGIN` or `team SLUG`; a team belongs to the repository's owner. */
export const people = z
  .array(z.string().regex(new RegExp(`^(user ${LOGIN}|team [a-z0-9_-]+)$`), "'user LOGIN' or 'team SLUG'"))
  .min(1);

/** One parsed entry of `people`. */
export type Person = { kind: "user"; login: string } | { kind: "team"; slug: string };

/** Parses `user LOGIN` or `team SLUG`; the schema has already checked the form. */
export function parsePerson(text: string): Person {
  const [kind, name = ""] = text.split(" ");
  return kind === "team" ? { kind, slug: name } : { kind: "user", login: name };
}
