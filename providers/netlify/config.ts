import { type CheckFailure, type Properties, UNKNOWN } from "../protocol/provider";
import { type Inputs, validate } from "./inputs";

/** The vendor's public API: host and base path of its OpenAPI document. */
const VENDOR_URL = "https://api.netlify.com/api/v1";

/** The settings of one session of the provider. Times are in seconds. */
export interface Settings {
  /**
   * Personal access token; undefined if neither the configuration nor the environment has one (a
   * preview may not need it).
   */
  token: string | undefined;
  /** The origin of the token, for messages. */
  tokenSource: string;
  baseUrl: string;
  /** The time limit of one request. Default 30. */
  requestTimeout: number;
  /** The maximum number of attempts per call, including the first. Default 5. */
  maxAttempts: number;
  /**
   * The longest single wait before a retry; a rate limit that lasts longer is an error. Default 90.
   */
  maxRetryDelay: number;
}

const positive = (limit: number) => (value: unknown) =>
  Number(value) > 0 && Number(value) <= limit ? undefined : `must be above 0 and at most ${limit}`;

// The engine sends configuration as text; an SDK may send numbers.
const CONFIG: Inputs = {
  token: { type: "string" },
  baseUrl: { type: "string", rule: (value) => urlFault(String(value)) },
  requestTimeout: { type: "number", rule: positive(600) },
  maxAttempts: { type: "number", rule: positive(20) },
  maxRetryDelay: { type: "number", rule: positive(900) },
};

// The engine's own entries among a provider's inputs.
const ENGINE_KEYS = new Set(["version", "pluginDownloadURL", "parameterization", "__internal"]);

/** Validates the provider's configuration and describes each problem. */
export function checkConfig(config: Properties): CheckFailure[] {
  const own = Object.fromEntries(Object.entries(config).filter(([key]) => !ENGINE_KEYS.has(key)));
  return validate(CONFIG, numbersRead(own));
}

/** Completes the configuration with the environment and the defaults. */
export function settingsOf(config: Properties, env: NodeJS.ProcessEnv): Settings {
  const configured = text(config.token);
  return {
    token: configured ?? (env.NETLIFY_AUTH_TOKEN || undefined),
    tokenSource: configured
      ? "the provider's configuration (netlify:token)"
      : "the environment variable NETLIFY_AUTH_TOKEN",
    baseUrl: (text(config.baseUrl) ?? (env.NETLIFY_API_URL || VENDOR_URL)).replace(/\/+$/, ""),
    requestTimeout: number(config.requestTimeout) ?? 30,
    maxAttempts: number(config.maxAttempts) ?? 5,
    maxRetryDelay: number(config.maxRetryDelay) ?? 90,
  };
}

/** Returns why an API address is not acceptable; `undefined` if it is. */
export function urlFault(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === "https:") return undefined;
  // Every request carries the token, so plain http is allowed only on this machine.
  const loopback = url?.protocol === "http:" && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  return loopback ? undefined : "must be an https address (http is accepted on the loopback only)";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== UNKNOWN ? value : undefined;
}

function number(value: unknown): number | undefined {
  return value === undefined || value === UNKNOWN || value === "" ? undefined : Number(value);
}

function numbersRead(config: Properties): Properties {
  const read = (key: string, value: unknown) =>
    CONFIG[key]?.type === "number" && typeof value === "string" && value !== UNKNOWN ? Number(value) : value;
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, read(key, value)]));
}
