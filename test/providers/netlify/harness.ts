import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "vitest";
import { netlifyProvider } from "../../../providers/netlify/provider";
import {
  type Properties,
  type ProviderSession,
  type ResourceRef,
  Secret,
} from "../../../providers/protocol/provider";
import { serveNetlifyApi } from "../../../stagewright/rehearsal/vendors/netlify/server";
import { MemoryStore } from "../../../stagewright/rehearsal/vendors/netlify/store";
import { type Exchange, violations } from "./openapi";

export const TOKEN = "nfp_0123456789abcdef";
export const ACCOUNT = { id: "5a1b2c3d4e5f60718293a4b5", slug: "acme", name: "Acme" };
export const OTHER_ACCOUNT = { id: "5a1b2c3d4e5f60718293a4b6", slug: "globex", name: "Globex" };

/**
 * What goes wrong with a request: an answer of its own, instead of or after it was carried out, or
 * none.
 */
type Fault =
  | { status: number; headers?: Record<string, string>; body?: string; carriedOut?: boolean }
  | { connection: "reset" | "hang"; carriedOut?: boolean };

interface PlannedFault {
  /** `POST /acme/sites`, the base path left out. */
  on: string;
  fault: Fault;
  times: number;
}

export interface World {
  session: ProviderSession;
  store: MemoryStore;
  /** The API's address as the provider has it: the relay's. */
  url: string;
  /** Every request that reached the relay, as `METHOD /path`. */
  requests: string[];
  /** Every exchange that reached the server. */
  exchanges: Exchange[];
  /** How long the provider slept, in milliseconds, in order. */
  sleeps: number[];
  /** Lets the next requests of a kind go wrong. */
  fail(on: string, fault: Fault, times?: number): void;
  open(config: Properties, env?: NodeJS.ProcessEnv): Promise<ProviderSession>;
}

/**
 * A provider session on the rehearsal's Netlify, over HTTP and through a relay that checks every
 * exchange against the vendor's OpenAPI document. The test fails where one does not conform.
 */
export async function world(t: TestContext, config: Properties = {}): Promise<World> {
  const store = new MemoryStore([ACCOUNT, OTHER_ACCOUNT]);
  const served = await serveNetlifyApi(store, { accepts: (token) => token === TOKEN });
  const planned: PlannedFault[] = [];
  const requests: string[] = [];
  const exchanges: Exchange[] = [];
  const sleeps: number[] = [];
  const relay = relayTo(new URL(served.url).origin, planned, requests, exchanges);
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/api/v1`;
  t.onTestFinished(() => {
    relay.close();
    relay.closeAllConnections();
    served.stop();
    assert.deepEqual(exchanges.flatMap(violations), []);
  });

  let clock = Date.now();
  const open = (more: Properties, env: NodeJS.ProcessEnv = {}) =>
    netlifyProvider({
      env,
      now: () => clock,
      chance: () => 0,
      sleep: async (milliseconds) => {
        sleeps.push(milliseconds);
        clock += milliseconds;
      },
    }).open({ baseUrl: url, ...config, ...more });

  return {
    session: await open({ token: TOKEN }),
    store,
    url,
    requests,
    exchanges,
    sleeps,
    fail: (on, fault, times = 1) => void planned.push({ on, fault, times }),
    open,
  };
}

function relayTo(origin: string, planned: PlannedFault[], requests: string[], exchanges: Exchange[]): Server {
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    const name = `${request.method} ${pathname.replace(/^\/api\/v1/, "")}`;
    requests.push(name);
    const body = await textOf(request);
    const fault = planned.find((plan) => plan.on === name && plan.times-- > 0)?.fault;
    if (!fault || fault.carriedOut) {
      const answered = await fetch(`${origin}${request.url}`, {
        method: request.method ?? "GET",
        headers: {
          authorization: request.headers.authorization ?? "",
          ...(body === "" ? {} : { "content-type": request.headers["content-type"] ?? "" }),
        },
        ...(body === "" ? {} : { body }),
      });
      const answer = await answered.text();
      exchanges.push({
        method: request.method ?? "",
        url: request.url ?? "",
        request: body,
        status: answered.status,
        answer,
      });
      if (!fault) {
        response.writeHead(answered.status, { "content-type": "application/json" }).end(answer);
        return;
      }
    }
    if ("status" in fault) response.writeHead(fault.status, fault.headers).end(fault.body ?? "");
    else if (fault.connection === "reset") response.destroy();
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export const SITE = "netlify:index/site:Site";
export const DEPLOY_KEY = "netlify:index/deployKey:DeployKey";
export const BUILD_HOOK = "netlify:index/buildHook:BuildHook";
export const VARIABLE = "netlify:index/environmentVariable:EnvironmentVariable";
export const CERTIFICATE = "netlify:index/certificate:Certificate";

export function ref(type: string, name = "it"): ResourceRef {
  return { urn: `urn:pulumi:test::project::${type}::${name}`, type, name };
}

/** Checks and creates, as the engine does. */
export async function make(session: ProviderSession, type: string, inputs: Properties) {
  const checked = await session.check(ref(type), inputs, {});
  assert.deepEqual(checked.failures, []);
  const { id, state } = await session.create(ref(type), checked.inputs, false);
  return { id, inputs: checked.inputs, state: plain(state), raw: state };
}

/** The failures of a check, as `property: reason`. */
export async function failuresOf(
  session: ProviderSession,
  type: string,
  inputs: Properties,
): Promise<string[]> {
  const { failures } = await session.check(ref(type), inputs, {});
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

/** Properties as the engine keeps them: without the marks of secrets. */
export function plain(properties: Properties): Properties {
  const strip = (value: unknown) => (value instanceof Secret ? value.value : value);
  return JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, strip(v)]))),
  );
}

export const DOCS = { accountSlug: "acme", name: "acme-docs" };
