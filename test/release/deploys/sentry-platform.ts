import { type Answer, type Fault, type Loopback, loopback, type Received } from "./loopback";

export const SENTRY_TOKEN = "sntrys_token";

/** An unresolved issue. */
export interface SentryIssue {
  shortId: string;
  title: string;
  environment: string;
  firstSeen: string;
}

const QUERY = /^is:unresolved firstSeen:>=(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})$/;

/**
 * Sentry's list of an organization's issues.
 * https://docs.sentry.io/api/events/list-an-organizations-issues/
 */
export function sentryPlatform({
  issues = [],
  organization = "acme",
  faults,
}: {
  issues?: SentryIssue[];
  organization?: string;
  faults?: Record<string, Fault[]>;
} = {}): Promise<Loopback> {
  return loopback(({ method, url, headers }: Received): Answer => {
    const { pathname, searchParams } = new URL(url, "http://sentry");
    if (headers.authorization !== `Bearer ${SENTRY_TOKEN}`)
      return { status: 401, body: { detail: "Invalid token" } };
    if (`${method} ${pathname}` !== `GET /organizations/${organization}/issues/`)
      throw new Error(`Sentry has no ${method} ${url}`);
    const [, since] = QUERY.exec(searchParams.get("query") ?? "") ?? [];
    if (since === undefined) throw new Error(`Sentry does not understand ${searchParams.get("query")}`);
    const environments = searchParams.getAll("environment");
    const found = issues.filter(
      ({ environment, firstSeen }) =>
        (environments.length === 0 || environments.includes(environment)) && firstSeen >= `${since}Z`,
    );
    return {
      status: 200,
      body: found.map(({ shortId, title, firstSeen }, index) => ({
        id: String(index),
        shortId,
        title,
        firstSeen,
        permalink: `https://sentry.example.org/issues/${index}/`,
        status: "unresolved",
      })),
    };
  }, faults);
}
