import { type Answer, type Fault, type Loopback, loopback, type Received } from "../deploys/loopback";

export const SENTRY_TOKEN = "sntrys_token";

/** An error as Sentry groups it. */
export interface SentryError {
  id: string;
  title: string;
  firstSeen: string;
  environment?: string;
  project?: string;
  /** Default: unresolved. */
  status?: "unresolved" | "resolved";
}

const QUERY = /^is:unresolved project:(\S+) firstSeen:>=(\S+)$/;

/**
 * Sentry's list of an organization's issues.
 * https://docs.sentry.io/api/events/list-an-organizations-issues/
 */
export function sentry(
  errors: SentryError[],
  faults?: Record<string, Fault[]>,
  organization = "acme",
): Promise<Loopback> {
  return loopback(({ method, url, headers }: Received): Answer => {
    const { pathname, searchParams } = new URL(url, "http://sentry");
    if (headers.authorization !== `Bearer ${SENTRY_TOKEN}`)
      return { status: 401, body: { detail: "Invalid token" } };
    if (`${method} ${pathname}` !== `GET /organizations/${organization}/issues/`)
      throw new Error(`Sentry has no ${method} ${url}`);
    const [, project, since = ""] = QUERY.exec(searchParams.get("query") ?? "") ?? [];
    const from = Date.parse(since);
    if (Number.isNaN(from)) throw new Error(`Sentry does not understand ${searchParams.get("query")}`);
    const limit = Number(searchParams.get("limit"));
    if (limit > 100) return { status: 400, body: { detail: "Invalid limit" } };
    const found = errors.filter(
      (error) =>
        (error.status ?? "unresolved") === "unresolved" &&
        (error.project ?? "app") === project &&
        (error.environment ?? "production") === searchParams.get("environment") &&
        Date.parse(error.firstSeen) >= from,
    );
    return {
      status: 200,
      body: found.slice(0, limit).map(({ id, title, firstSeen }) => ({
        id,
        shortId: `APP-${id}`,
        title,
        firstSeen,
        count: "3",
        status: "unresolved",
        permalink: `https://sentry.example.org/issues/${id}/`,
      })),
    };
  }, faults);
}
