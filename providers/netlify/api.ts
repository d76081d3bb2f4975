import type { paths } from "@netlify/open-api";
import { ProviderError } from "../protocol/provider";
import type { Settings } from "./config";
import { Refused, Unanswered, vendorMessage } from "./errors";
import { retryDelay } from "./retry";

/*
 * A thin client of the API as declared by the vendor's OpenAPI document, which gives it the types
 * of paths, methods, bodies and answers. The vendor's own JavaScript client (@netlify/api 14) is
 * not used. It always repeats a POST after a lost connection, which can create a resource twice; it
 * sleeps until a rate limit ends, without a bound; it does not encode path parameters; and its
 * errors contain the request's headers, with the token.
 */

type Path = keyof paths & string;
type Operation<P extends Path, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never;
type Method = "get" | "post" | "put" | "patch" | "delete";
type MethodOf<P extends Path> = keyof paths[P] & Method;
type ParameterNames<P extends string> = P extends `${string}{${infer N}}${infer Rest}`
  ? N | ParameterNames<Rest>
  : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Partial<Q> : never;
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : never;
type Answer<O> = O extends { responses: { 200: { content: { "application/json": infer A } } } }
  ? A
  : O extends { responses: { 201: { content: { "application/json": infer A } } } }
    ? A
    : undefined;

interface Request<P extends Path, M extends MethodOf<P>> {
  path: Record<ParameterNames<P>, string>;
  query?: Query<Operation<P, M>>;
  body?: Body<Operation<P, M>>;
  /** The purpose of the call, for messages: `create the site "docs"`. */
  to: string;
}

/** Time, randomness and environment, which tests replace. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  now(): number;
  chance(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Failures of gateways and overloaded servers, which are worth another attempt. */
const PASSING_STATUSES = new Set([500, 502, 503, 504]);
// The request never left this machine or reached no server, so it cannot have taken effect.
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The outcome of one attempt: an answer, or an error with whether and how to retry. */
type Outcome =
  | { answer: unknown }
  | { error: ProviderError; repeat: "always" | "idempotent" | "never"; headers?: Headers };

export class NetlifyApi {
  constructor(
    private readonly settings: Settings,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * Calls an operation. Retries requests that hit a rate limit or were never sent; for every method
   * but POST also time-outs, lost connections and transient server failures.
   * @throws Refused with the vendor's status and message; Unanswered if the outcome of the request
   *   is unknown.
   */
  async call<P extends Path, M extends MethodOf<P>>(
    method: M,
    path: P,
    request: Request<P, M>,
  ): Promise<Answer<Operation<P, M>>> {
    const url = this.url(path, request.path, request.query);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(method, url, request.body, request.to);
      if ("answer" in outcome) return outcome.answer as Answer<Operation<P, M>>;
      const repeatable =
        outcome.repeat === "always" || (outcome.repeat === "idempotent" && method !== "post");
      if (!repeatable) throw outcome.error;
      await this.pause(attempt, outcome.error, outcome.headers);
    }
  }

  /**
   * Creates a resource exactly once. If an attempt stays unanswered, `find` checks whether it took
   * effect before the next attempt.
   */
  async createOnce<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await create();
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        const found = await find();
        if (found !== undefined) return found;
        await this.pause(attempt, error);
      }
    }
  }

  /** Returns every item of a paginated listing (`page` from 1, `per_page` at most 100). */
  async listAll<T>(list: (query: { page: number; per_page: number }) => Promise<T[]>): Promise<T[]> {
    const perPage = 100;
    const items: T[] = [];
    for (let page = 1; ; page++) {
      const found = await list({ page, per_page: perPage });
      items.push(...found);
      if (found.length < perPage) return items;
    }
  }

  /** Polls until there is an answer or the time is over. Times are in seconds. */
  async poll<T>(ask: () => Promise<T | undefined>, every: number, atMost: number): Promise<T | undefined> {
    const end = this.surroundings.now() + atMost * 1000;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined || this.surroundings.now() + every * 1000 > end) return answer;
      await this.surroundings.sleep(every * 1000);
    }
  }

  private async pause(attempt: number, error: ProviderError, headers?: Headers): Promise<void> {
    const { maxAttempts, maxRetryDelay } = this.settings;
    if (attempt >= maxAttempts) throw withNote(error, `after ${attempt} attempts`);
    const { now, chance, sleep } = this.surroundings;
    const delay = retryDelay({ attempt, headers, now: now(), chance: chance() });
    if (delay > maxRetryDelay * 1000) {
      throw withNote(
        error,
        `it asks to wait ${Math.ceil(delay / 1000)} s, longer than maxRetryDelay allows (${maxRetryDelay} s)`,
      );
    }
    await sleep(delay);
  }

  private async attempt(method: string, url: string, body: unknown, to: string): Promise<Outcome> {
    const { token, requestTimeout } = this.settings;
    if (!token) throw new ProviderError(`cannot ${to}: ${MISSING_TOKEN}`);
    try {
      const response = await fetch(url, {
        method: method.toUpperCase(),
        headers: {
          accept: "application/json",
          authorization: `Bearer ${token}`,
          "user-agent": "stagewright-netlify",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error", // the token goes only to the configured address
        signal: AbortSignal.timeout(requestTimeout * 1000),
      });
      const text = await response.text();
      if (response.ok) return this.answered(text, response, to);
      return this.refused(text, response, to);
    } catch (error) {
      return this.unanswered(error, to);
    }
  }

  private answered(text: string, response: Response, to: string): Outcome {
    if (text.trim() === "") return { answer: undefined };
    try {
      return { answer: JSON.parse(text) };
    } catch {
      const error = new Unanswered(
        `Netlify's answer to "${to}" is not JSON (${response.status}); is ${this.settings.baseUrl} its API?`,
      );
      return { error, repeat: "never" };
    }
  }

  private refused(text: string, response: Response, to: string): Outcome {
    const { status, headers, statusText } = response;
    const message = this.redact(vendorMessage(text, statusText || "no message"));
    if (status === 401) {
      const reason = `Netlify does not accept the access token of ${this.settings.tokenSource} (401)`;
      return {
        error: new Refused(`cannot ${to}: ${reason}; give it a valid personal access token`, status),
        repeat: "never",
      };
    }
    const sentence = `Netlify could not ${to}: ${message} (${status})`;
    if (status === 429) return { error: new Refused(sentence, status), repeat: "always", headers };
    if (PASSING_STATUSES.has(status))
      return { error: new Unanswered(sentence), repeat: "idempotent", headers };
    return { error: new Refused(sentence, status), repeat: "never" };
  }

  private unanswered(error: unknown, to: string): Outcome {
    const { baseUrl, requestTimeout } = this.settings;
    if (error instanceof Error && error.name === "TimeoutError") {
      const sentence = `Netlify did not answer within ${requestTimeout} s when asked to ${to}`;
      return { error: new Unanswered(sentence), repeat: "idempotent" };
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = (cause as { code?: unknown } | null)?.code;
    const detail = this.redact(
      typeof code === "string" ? code : cause instanceof Error ? cause.message : String(cause),
    );
    const sentence = `cannot ${to}: the connection to ${baseUrl} failed (${detail})`;
    if (typeof code === "string" && NEVER_SENT.has(code))
      return { error: new ProviderError(sentence), repeat: "always" };
    return { error: new Unanswered(sentence), repeat: "idempotent" };
  }

  private url(path: string, parameters: Record<string, string>, query: object = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters[name] ?? ""),
    );
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
    return `${this.settings.baseUrl}${filled}${search.size > 0 ? `?${search}` : ""}`;
  }

  private redact(text: string): string {
    const { token } = this.settings;
    return token ? text.replaceAll(token, "[token]") : text;
  }
}

const MISSING_TOKEN =
  "there is no access token; set the environment variable NETLIFY_AUTH_TOKEN or, in the stack, the secret netlify:token";

function withNote(error: ProviderError, note: string): ProviderError {
  error.message = `${error.message}; ${note}`;
  return error;
}
