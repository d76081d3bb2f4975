import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What reached a vendor. */
export interface Received {
  method: string;
  /** Path with its query. */
  url: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

export interface Answer {
  status: number;
  /** JSON, or text as it is. */
  body?: unknown;
}

/**
 * How a call goes wrong before it is answered: an HTTP status, or `gone` where the connection just
 * ends.
 */
export type Fault = number | "gone";

/** A vendor's API on the loopback. */
export interface Loopback {
  address: string;
  received: Received[];
  /** What the stand-in could not answer as the vendor would: the test is wrong, or the call is. */
  problems: string[];
  close(): Promise<void>;
}

/**
 * Plays a vendor's API. Every call is recorded.
 *
 * @param faults what happens to the first calls of `METHOD /path`, in turn, instead of an answer
 */
export async function loopback(
  answer: (call: Received, address: string) => Answer,
  faults: Record<string, Fault[]> = {},
): Promise<Loopback> {
  const received: Received[] = [];
  const problems: string[] = [];
  const answered = (call: Received, address: string): Answer => {
    try {
      return answer(call, address);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return { status: 400, body: { message: problems.at(-1) } };
    }
  };
  const left = new Map(Object.entries(faults).map(([call, list]) => [call, [...list]]));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const call = { method, url, headers, body: Buffer.concat(chunks) };
    received.push(call);
    const fault = left.get(`${method} ${url.split("?")[0]}`)?.shift();
    if (fault === "gone") {
      request.socket.destroy();
      return;
    }
    const { status, body = "" } =
      fault === undefined ? answered(call, address) : { status: fault, body: { message: "not now" } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    received,
    problems,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
