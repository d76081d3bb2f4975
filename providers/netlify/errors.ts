import { ProviderError } from "../protocol/provider";

/** Netlify answered with an error status. */
export class Refused extends ProviderError {
  override name = "Refused";
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * No answer shows whether the request took effect: a lost connection, a time-out, a broken gateway.
 */
export class Unanswered extends ProviderError {
  override name = "Unanswered";
}

// The vendor's field names that are not our names in snake case.
const FIELDS: Record<string, string> = {
  subdomain: "name",
  repo_path: "repository.path",
  cmd: "build.command",
};

/**
 * Extracts the vendor's message from an error body: `{message}` as in its OpenAPI document, the
 * `{errors}` of a failed validation (an object of lists by field, a list or text), or plain text.
 */
export function vendorMessage(body: string, statusText: string): string {
  const parsed = parse(body);
  if (parsed === undefined)
    return body.trim().startsWith("<") || !body.trim() ? statusText : clip(body.trim());
  const { errors, error, message } = parsed;
  const parts: string[] = [];
  if (isObject(errors)) {
    for (const [field, messages] of Object.entries(errors))
      parts.push(`${fieldName(field)} ${list(messages)}`);
  } else if (errors !== undefined) parts.push(list(errors));
  if (parts.length === 0 && typeof message === "string") parts.push(message);
  if (parts.length === 0 && typeof error === "string") parts.push(error);
  return clip(parts.join("; ") || statusText);
}

/** Whether an error says that a resource does not exist. */
function isNotFound(error: unknown): boolean {
  return error instanceof Refused && error.status === 404;
}

/** Returns the result, or `undefined` if the vendor says that the resource does not exist. */
export async function unlessNotFound<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function fieldName(field: string): string {
  return FIELDS[field] ?? field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function list(messages: unknown): string {
  return Array.isArray(messages) ? messages.map(String).join(", ") : String(messages);
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
