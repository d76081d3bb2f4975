import { ProviderError } from "../protocol/provider";

/** Splits a composite ID such as `SITE/HOOK`; the error message shows `form`. */
export function splitId(id: string, form: string): string[] {
  const parts = id.split("/");
  if (parts.length === form.split("/").length && parts.every((part) => part !== "")) return parts;
  throw new ProviderError(`"${id}" is not an ID of the form ${form}`);
}
