/**
 * The inputs of the wait before the next attempt. Time and randomness are passed in to keep it
 * pure.
 */
export interface WaitQuestion {
  /** The number of attempts so far, from 1. */
  attempt: number;
  /** The answer's headers; undefined without an answer. */
  headers?: Headers;
  /** Milliseconds since the epoch. */
  now: number;
  /** Between 0 and 1: spreads out calls that were refused together. */
  chance: number;
}

const FIRST_WAIT_MS = 500;
const SPREAD = 0.25;

/**
 * Returns how long to wait before the next attempt, in milliseconds: until the end of the rate
 * limit if the answer names it, else exponentially longer. `X-RateLimit-Reset` is a Unix time in
 * seconds (Netlify, "Get started with the API", rate limiting); `Retry-After` is seconds or a date
 * (RFC 9110, 10.2.3), as sent by the gateways in front of the API.
 */
export function retryDelay({ attempt, headers, now, chance }: WaitQuestion): number {
  const told =
    retryAfter(headers?.get("retry-after"), now) ?? rateLimitEnd(headers?.get("x-ratelimit-reset"), now);
  const spread = 1 + SPREAD * chance;
  if (told === undefined) return Math.round(FIRST_WAIT_MS * 2 ** (attempt - 1) * spread);
  // Never earlier than requested, and slightly later so that calls do not all return at once.
  return Math.round(Math.max(told, 0) + FIRST_WAIT_MS * SPREAD * chance);
}

function retryAfter(value: string | null | undefined, now: number): number | undefined {
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - now;
}

function rateLimitEnd(value: string | null | undefined, now: number): number | undefined {
  return value && /^\d+$/.test(value) ? Number(value) * 1000 - now : undefined;
}
