import { markedIn } from "./names";
import type { Marked } from "./stacks";

/** How one vendor is asked for what an account holds. */
interface Listing {
  vendor: string;
  /** The environment variable with the token that the vendor's provider uses too. */
  token: string;
  /** The environment variable that moves the API elsewhere. */
  base: string;
  url: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** The type of what is listed. */
  type: string;
  /** Where the list stands in the answer. Default: it is the answer. */
  within?: string;
}

// Of each environment the thing that is billed, or holds the rest.
const LISTINGS: readonly Listing[] = [
  {
    // https://devcenter.heroku.com/articles/platform-api-reference#app-list
    vendor: "Heroku",
    token: "HEROKU_API_KEY",
    base: "HEROKU_API_URL",
    url: "https://api.heroku.com",
    path: "/apps",
    headers: { accept: "application/vnd.heroku+json; version=3", range: "id ..; max=1000" },
    type: "heroku:app/app:App",
  },
  {
    // https://docs.digitalocean.com/reference/api/reference/droplets/#droplets_list
    vendor: "DigitalOcean",
    token: "DIGITALOCEAN_TOKEN",
    base: "DIGITALOCEAN_API_URL",
    url: "https://api.digitalocean.com",
    path: "/v2/droplets?per_page=200",
    type: "digitalocean:index/droplet:Droplet",
    within: "droplets",
  },
  {
    // https://open-api.netlify.com/#tag/site/operation/listSites
    vendor: "Netlify",
    token: "NETLIFY_AUTH_TOKEN",
    base: "NETLIFY_API_URL",
    url: "https://api.netlify.com/api/v1",
    path: "/sites?filter=all&per_page=100",
    type: "netlify:index:Site",
  },
];

/** Vendors whose things are not asked for: they are billed by use or not at all, and need rights that nothing else here needs. */
const NEVER_ASKED = ["AWS", "CloudAMQP", "GitHub", "Sentry"];

/**
 * What carries the mark of an ephemeral environment at the vendors, as far as they can be asked with the tokens at hand.
 * @returns also who was not asked, each with the reason
 */
export async function markedAtVendors(
  env: NodeJS.ProcessEnv,
): Promise<{ found: Marked[]; unasked: string[] }> {
  const found: Marked[] = [];
  const unasked: string[] = [];
  for (const listing of LISTINGS) {
    const token = env[listing.token];
    if (!token) {
      unasked.push(`${listing.vendor} (${listing.token} is not set)`);
      continue;
    }
    try {
      found.push(...(await list(listing, token, env[listing.base] || listing.url)));
    } catch (error) {
      unasked.push(`${listing.vendor} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  return { found, unasked: [...unasked, ...NEVER_ASKED] };
}

async function list(
  { path, headers, type, within }: Listing,
  token: string,
  base: string,
): Promise<Marked[]> {
  const found: Marked[] = [];
  let next: string | undefined = `${base}${path}`;
  let range = headers?.range;
  while (next !== undefined) {
    const response: Response = await fetch(next, {
      headers: { ...headers, ...(range && { range }), authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const answer: unknown = await response.json();
    for (const { id, name } of itemsIn(answer, within)) {
      const environment = markedIn(name);
      if (environment !== undefined) found.push({ environment, type, id: String(id), name });
    }
    // Heroku goes on by a range, the others by a link.
    range = response.headers.get("next-range") ?? undefined;
    next = range === undefined ? nextPage(response, answer) : next;
  }
  return found;
}

interface Item {
  id: string | number;
  name: string;
}

function itemsIn(answer: unknown, within: string | undefined): Item[] {
  const list = within === undefined ? answer : (answer as Record<string, unknown>)[within];
  if (!Array.isArray(list)) throw new Error("answered with no list");
  return list.filter((item): item is Item => typeof (item as Item | null)?.name === "string");
}

function nextPage(response: Response, answer: unknown): string | undefined {
  const linked = /<(?<url>[^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.groups?.url;
  const { links } = answer as { links?: { pages?: { next?: string } } };
  return linked ?? links?.pages?.next;
}
