import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { accountRoutes } from "./accounts";
import { buildRoutes, hookRoutes } from "./builds";
import { certificateRoutes } from "./certificates";
import { deployKeyRoutes } from "./deploy-keys";
import { environmentRoutes } from "./environment";
import { type Answer, type Handler, Refusal, type Routes } from "./http";
import { siteRoutes } from "./sites";
import type { NetlifyStore } from "./store";

const BASE = "/api/v1";
const BODY_LIMIT = 10_000_000;
// Requests per token and minute (Netlify, "Get started with the API", rate limiting).
const RATE_LIMIT = 500;

export interface NetlifyOptions {
  /** Whether an access token is valid. Default: any is. */
  accepts?(token: string): boolean;
  /** The clock, in milliseconds since the epoch. Default: the machine's. */
  now?(): number;
}

/** The rehearsal's Netlify, listening on the loopback. */
export interface ServedNetlify {
  /**
   * The API with its base path, in the form of NETLIFY_API_URL. Build hooks are at
   * `/build_hooks/ID` of the same origin.
   */
  url: string;
  stop(): void;
}

const API_ROUTES = compiled({
  ...accountRoutes,
  ...siteRoutes,
  ...deployKeyRoutes,
  ...buildRoutes,
  ...environmentRoutes,
  ...certificateRoutes,
});
const HOOK_ROUTES = compiled(hookRoutes);

/**
 * Serves the part of Netlify's API that the provider and the deploy workflows use, with the
 * vendor's rules. All other requests get a 501.
 */
export async function serveNetlifyApi(
  store: NetlifyStore,
  options: NetlifyOptions = {},
): Promise<ServedNetlify> {
  const now = options.now ?? Date.now;
  const server = createServer((request, response) => {
    void answer(request, store, now(), options.accepts ?? (() => true))
      .catch((error: unknown) => ({ status: 500, body: { code: 500, message: String(error) } }))
      .then((answered) => send(response, answered, now()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${BASE}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  request: IncomingMessage,
  store: NetlifyStore,
  now: number,
  accepts: (token: string) => boolean,
): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const isApi = url.pathname.startsWith(`${BASE}/`);
  const path = isApi ? url.pathname.slice(BASE.length) : url.pathname;
  try {
    const text = await textOf(request);
    if (isApi) authorize(request, accepts);
    const found = route(isApi ? API_ROUTES : HOOK_ROUTES, request.method ?? "GET", path);
    const body = isApi ? json(text) : undefined; // a hook accepts any payload
    const call = {
      store,
      path: found.parameters,
      query: url.searchParams,
      body,
      now: new Date(now).toISOString(),
    };
    return store.transaction(() => found.handler(call));
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}

function authorize(request: IncomingMessage, accepts: (token: string) => boolean): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!token || !accepts(token)) throw new Refusal(401, "Access Denied");
}

interface Route {
  method: string;
  pattern: RegExp;
  handler: Handler;
}

// A path without parameters has precedence: /accounts/{id} and /{account_slug}/sites overlap with
// fixed ones.
function compiled(routes: Routes): Route[] {
  const parameters = (key: string) => key.split("{").length;
  return Object.entries(routes)
    .sort(([a], [b]) => parameters(a) - parameters(b))
    .map(([key, handler]) => {
      const [method = "", template = ""] = key.split(" ");
      return {
        method,
        pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
        handler,
      };
    });
}

function route(
  routes: Route[],
  method: string,
  path: string,
): { handler: Handler; parameters: Record<string, string> } {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (!match) continue;
    const entries = Object.entries(match.groups ?? {}).map(([key, value]) => [
      key,
      decodeURIComponent(value),
    ]);
    return { handler: candidate.handler, parameters: Object.fromEntries(entries) };
  }
  throw new Refusal(501, `the rehearsal does not play ${method} ${path}`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) throw new Refusal(413, "Payload Too Large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function json(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "Bad Request");
  }
}

function send(response: ServerResponse, { status, body }: Answer, now: number): void {
  response.statusCode = status;
  response.setHeader("x-ratelimit-limit", RATE_LIMIT);
  response.setHeader("x-ratelimit-remaining", RATE_LIMIT - 1);
  response.setHeader("x-ratelimit-reset", Math.ceil(now / 1000) + 60);
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
