import { z } from "zod";
import { isReserved, NOT_RESERVED } from "../reserved";

/** A fully qualified host name, for example `api.dandiarchive.org`. */
export const hostname = z
  .string()
  .max(253)
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "a lower-case host name such as api.example.org",
  );

/** A GitHub repository as `owner/name`. */
export const repository = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "a GitHub repository as owner/name");

/**
 * Variables of a program by name. A value may refer to an attribute of another component:
 * `${gui.url}`. A value that refers to a secret stays secret. `docs/spec.md` lists the references.
 */
export const variables = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable name: letters, digits and _"), z.string())
  .default({});

/**
 * The name of a secret in the stack's config, set by `pulumi config set --secret <project>:<name>`.
 */
export const secretName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, "the name of a secret in the stack's config: letters, digits and -")
  .refine((name) => !isReserved(name), NOT_RESERVED);
