import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { HOST, type Machine } from "./machine";

/** What was seen by those who asked all the time. */
export interface Seen {
  requests: number;
  /** Answers of the app by their status; `none` for no answer. */
  statuses: Record<string, number>;
  /** How long the slowest answer took. */
  longestMs: number;
}

/**
 * Asks the droplet for `/` from several sides, without a pause to speak of, while something is done
 * to it.
 */
export async function whileAsked<T>(
  droplet: Machine,
  work: () => Promise<T>,
): Promise<{ done: T; seen: Seen }> {
  const seen: Seen = { requests: 0, statuses: {}, longestMs: 0 };
  let over = false;
  const client = async () => {
    while (!over) {
      const begun = Date.now();
      const status = await asked(droplet.address);
      seen.requests++;
      seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
      seen.longestMs = Math.max(seen.longestMs, Date.now() - begun);
      await sleep(50);
    }
  };
  const clients = Array.from({ length: 3 }, client);
  try {
    return { done: await work(), seen };
  } finally {
    over = true;
    await Promise.all(clients);
    console.log(
      `${seen.requests} requests: ${JSON.stringify(seen.statuses)}, the slowest took ${seen.longestMs} ms`,
    );
  }
}

function asked(address: string): Promise<string> {
  return new Promise((resolve) => {
    const options = {
      host: address,
      servername: HOST,
      headers: { host: HOST },
      agent: false,
      timeout: 60_000,
    };
    const sent = request({ ...options, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(`${answer.statusCode}`));
      answer.on("error", () => resolve("none"));
    });
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => resolve("none"));
    sent.end();
  });
}
