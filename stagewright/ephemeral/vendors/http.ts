import type { EnvironmentSpec } from "../../environment/schema/environment";
import { markedIn } from "../names";
import type { Found, Marked } from "../stacks";
import type { List, Vendor } from "./listings";

/** How long a vendor may take to answer one request. */
const PATIENCE_MS = 30_000;

/** A part of a vendor that is asked for one list. */
interface Question extends List {
  /** What it is asked for, where not for the whole account. */
  place?: string;
}

/**
 * What carries the mark at one vendor. Of its lists each is asked for, whatever became of the
 * others.
 */
export async function markedAt(vendor: Vendor, likes: readonly EnvironmentSpec[]): Promise<Found> {
  const { name, token } = vendor;
  const questions = vendor.lists.flatMap((list) => questionsOf(list, likes));
  const value = process.env[token]?.trim();
  if (questions.length === 0) return { found: [], unasked: [] };
  if (!value) return { found: [], unasked: [`${name} (${token} is not set)`] };
  // What is no header stands in the words of whoever refuses it.
  if (!/^[\x21-\x7e]+$/.test(value))
    return { found: [], unasked: [`${name} (${token} holds characters that no token has)`] };
  const answers = await Promise.all(questions.map((question) => answerTo(question, vendor, value)));
  return {
    found: answers.flatMap((answer) => (typeof answer === "string" ? [] : answer)),
    unasked: answers.flatMap((answer) => (typeof answer === "string" ? [`${name} (${answer})`] : [])),
  };
}

function questionsOf(list: List, likes: readonly EnvironmentSpec[]): Question[] {
  const { of, path } = list;
  if (!of) return [list];
  const places = new Set(likes.flatMap(of).filter((place) => place !== undefined));
  return [...places].map((place) => ({ ...list, place, path: path.replace("{}", place) }));
}

// What carries the mark, or a sentence about why that is not known.
async function answerTo(question: Question, vendor: Vendor, token: string): Promise<Marked[] | string> {
  const { type, within, name = "name", place } = question;
  const found: Marked[] = [];
  try {
    for await (const page of pagesOf(question.path, vendor, token)) {
      for (const item of itemsIn(page, within)) {
        const physical = item[name];
        const environment = typeof physical === "string" ? markedIn(physical) : undefined;
        if (environment === undefined) continue;
        found.push({
          environment,
          type,
          id: String(item.id),
          name: String(physical),
          ...(place && { place }),
        });
      }
    }
    return found;
  } catch (error) {
    return `${question.path.replace(/\?.*/, "")} ${error instanceof Unanswered ? error.message : "gave no answer that can be read"}`;
  }
}

/** The vendor has answered, and it is no list. */
class Unanswered extends Error {}

async function* pagesOf(path: string, vendor: Vendor, token: string): AsyncGenerator<unknown> {
  const { scheme, headers = {} } = vendor;
  const base = (process.env[vendor.base] || vendor.url).replace(/\/$/, "");
  const authorization = `${scheme} ${scheme === "Basic" ? Buffer.from(`:${token}`).toString("base64") : token}`;
  let url: string | undefined = `${base}${path}`;
  let range = headers.range;
  while (url !== undefined) {
    const response: Response = await fetch(url, {
      headers: { ...headers, ...(range && { range }), authorization },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Unanswered(`answered ${response.status}`);
    const page: unknown = await response.json();
    yield page;
    // Heroku goes on by a range, the others by a link.
    range = response.headers.get("next-range") ?? undefined;
    const next: string | undefined = range === undefined ? nextPage(response, page) : url;
    if (next !== undefined && new URL(next).origin !== new URL(base).origin)
      throw new Unanswered("goes on at another address, where the token is not sent");
    url = next;
  }
}

function itemsIn(page: unknown, within: string | undefined): Record<string, unknown>[] {
  const list = within === undefined ? page : (page as Record<string, unknown> | null)?.[within];
  if (!Array.isArray(list)) throw new Unanswered("answered with no list");
  return list.filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
}

// https://www.rfc-editor.org/rfc/rfc8288; Sentry's last page links a next one too, and says that it
// has no results: https://docs.sentry.io/api/pagination/. DigitalOcean links within the answer:
// https://docs.digitalocean.com/reference/api/
function nextPage(response: Response, page: unknown): string | undefined {
  const links = response.headers.get("link")?.split(/,\s*(?=<)/) ?? [];
  const next = links.find((link) => /;\s*rel="?next"?/.test(link) && !/;\s*results="false"/.test(link));
  const linked = next === undefined ? undefined : /<(?<url>[^>]+)>/.exec(next)?.groups?.url;
  return linked ?? (page as { links?: { pages?: { next?: string } } } | null)?.links?.pages?.next;
}
