import type { Body, NetlifyStore } from "./store";

/** One request, with everything that its handler needs. */
export interface Call {
  store: NetlifyStore;
  /** Path parameters by name, decoded. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** RFC 3339. */
  now: string;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export type Handler = (call: Call) => Answer;

/** Handlers by `METHOD /path/{parameter}`. */
export type Routes = Record<string, Handler>;

/** A refusal by the vendor. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: Record<string, string[]>,
  ) {
    super(message);
  }

  /**
   * The published error format, `{code, message}`; a failed validation adds the API's actual
   * format, `{"errors": {"subdomain": ["must be unique"]}}` (seen in dagger/dagger#1968).
   */
  get body(): Body {
    return { code: this.status, message: this.message, ...(this.errors && { errors: this.errors }) };
  }
}

/** A failed validation of one field. */
export function invalid(field: string, reason: string): Refusal {
  return new Refusal(422, `${field} ${reason}`, { [field]: [reason] });
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** Parses a request's body as an object. */
export function objectBody(call: Call): Body {
  const { body } = call;
  if (body === undefined) return {};
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw new Refusal(400, "Bad Request");
  return body as Body;
}

/**
 * Returns a page of a listing: `page` from 1, `per_page` at most 100 (Netlify, "Get started with
 * the API", pagination).
 */
export function paged<T>(call: Call, items: T[]): T[] {
  const size = Math.min(Number(call.query.get("per_page") ?? 100) || 100, 100);
  const page = Math.max(Number(call.query.get("page") ?? 1) || 1, 1);
  return items.slice((page - 1) * size, page * size);
}
