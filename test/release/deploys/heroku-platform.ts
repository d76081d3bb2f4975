import type * as Heroku from "@heroku-cli/schema";
import { type Answer, type Fault, type Loopback, loopback, type Received } from "./loopback";

/** How a deploy goes at Heroku. */
export interface Course {
  /** How the build ends. Default: it succeeds. */
  build?: "succeeded" | "failed";
  /** How the release phase ends. Default: it succeeds. */
  release?: "succeeded" | "failed";
  /** Asked so many times, a build or release still is pending. Default: 1. */
  pending?: number;
  /** What the build prints. */
  output?: string;
  /** The release that runs before. Default: r8; `null`: none. */
  before?: string | null;
  /** The log of a one-off dyno. Default: it ends with 0. */
  log?: string;
  /** How a copy of a database ends. Default: it succeeds. */
  copy?: "succeeded" | "failed";
  /** The app that owns the database. Default: the app itself. */
  databaseOf?: string;
  /** The commit of the release that runs before. Default: none, as of a slug that no build made. */
  commit?: string;
  /** The app. Default: dandi's of staging. */
  app?: string;
  faults?: Record<string, Fault[]>;
}

export const APP = "dandi-api-staging";
export const TOKEN = "HRKU-token";
const DYNO = "run.4711";
/** The URL of the app's own database. */
export const DATABASE_URL = "postgres://own:geheim@ec2-1.compute-1.amazonaws.com:5432/d1";

/** A line of Heroku's own in the log of a one-off dyno. */
export const ended = (status: number) =>
  `2026-01-03T09:00:00.000000+00:00 heroku[${DYNO}]: Process exited with status ${status}\n`;

/**
 * The part of Heroku's Platform API that a deploy uses, with its answers' fields as in the
 * published schema. https://devcenter.heroku.com/articles/platform-api-reference
 */
export function herokuPlatform(course: Course = {}): Promise<Loopback> {
  const { build = "succeeded", release = "succeeded", pending = 1, output = "-----> Building\n" } = course;
  const { before = "r8", log = `app[${DYNO}]: working\n${ended(0)}` } = course;
  const { copy = "succeeded", app = APP } = course;
  let asked = { build: 0, release: 0, copy: 0 };
  let current = before;
  const commits: Record<string, string | null> = { r8: course.commit ?? null };
  const slug = (release: string) => ({ slug: { id: `slug-of-${release}` } });
  const status = <End extends string>(what: keyof typeof asked, end: End) =>
    asked[what]++ < pending ? "pending" : end;
  const built = (address: string, status: Heroku.Build["status"], released: boolean) => {
    const build: Heroku.Build = {
      id: "b1",
      status,
      output_stream_url: `${address}/stream/b1`,
      source_blob: {},
      user: { email: "deploy@example.org" },
      created_at: "2026-01-03T09:00:00Z",
      updated_at: "2026-01-03T09:00:00Z",
    };
    return { ...build, release: released ? { id: "r9" } : null };
  };

  const answers: Record<string, (address: string, call: Received) => Answer> = {
    "POST /sources": (address) => ({
      status: 201,
      body: {
        source_blob: { get_url: `${address}/store/1?get`, put_url: `${address}/store/1?signature=a%2Fb` },
      } satisfies Heroku.Source,
    }),
    [`POST /apps/${app}/builds`]: (address, { body }) => {
      const { source_blob } = JSON.parse(body.toString()) as { source_blob: { version: string } };
      commits.r9 = source_blob.version;
      asked = { build: 0, release: 0, copy: 0 };
      return { status: 201, body: built(address, "pending", false) };
    },
    [`GET /apps/${app}/builds/b1`]: (address) => {
      const now = status("build", build);
      // The release may come a moment after the build.
      const released = now === "succeeded" && asked.build > pending + 1;
      return { status: 200, body: built(address, now, released) };
    },
    [`GET /apps/${app}/releases`]: () => ({
      status: 200,
      body: [
        { id: "r10", version: 10, status: "failed", current: false },
        { id: "r9", version: 9, status: "succeeded", current: current === "r9", ...slug("r9") },
        { id: "r8", version: 8, status: "succeeded", current: current === "r8", ...slug("r8") },
      ] satisfies Heroku.Release[],
    }),
    [`POST /apps/${app}/releases`]: (_address, { body }) => {
      current = String((JSON.parse(body.toString()) as { release: string }).release);
      return { status: 201, body: { id: "r11", version: 11, status: "pending" } satisfies Heroku.Release };
    },
    [`GET /apps/${app}/releases/r11`]: () => ({
      status: 200,
      body: { id: "r11", version: 11, status: "succeeded", current: true } satisfies Heroku.Release,
    }),
    [`GET /apps/${app}/releases/r9`]: (address) => {
      const now = status("release", release);
      if (now === "succeeded") current = "r9";
      const body: Heroku.Release = {
        id: "r9",
        version: 9,
        status: now,
        output_stream_url: `${address}/stream/r9`,
      };
      return { status: 200, body };
    },
    [`POST /apps/${app}/dynos`]: (_address, { body }) => {
      const { command } = JSON.parse(body.toString()) as { command: string };
      const dyno = { id: "d1", name: DYNO, type: "run", state: "starting", attach_url: null, command };
      return { status: 201, body: dyno satisfies Heroku.Dyno };
    },
    [`POST /apps/${app}/log-sessions`]: (address) => ({
      status: 201,
      body: { id: "l1", logplex_url: `${address}/stream/log` } satisfies Heroku.LogSession,
    }),
    [`GET /apps/${app}/addon-attachments/DATABASE`]: () => ({
      status: 200,
      body: {
        name: "DATABASE",
        addon: { id: "a1", name: `${app}-database`, app: { id: "i1", name: course.databaseOf ?? app } },
        app: { id: "i1", name: app },
      } satisfies Heroku.AddOnAttachment,
    }),
    [`GET /apps/${app}/config-vars`]: () => ({ status: 200, body: { DATABASE_URL } }),
    // Of the Data API, as Heroku's CLI uses it.
    "POST /client/v11/databases/a1/transfers": () => {
      asked = { build: 0, release: 0, copy: 0 };
      return { status: 201, body: { uuid: "t1", num: 12 } };
    },
    [`GET /client/v11/apps/${app}/transfers/t1`]: () => {
      const now = status("copy", copy);
      const ended = now === "pending" ? null : "2026-01-03T10:00:00Z";
      return { status: 200, body: { uuid: "t1", finished_at: ended, succeeded: now === "succeeded" } };
    },
    ...Object.fromEntries(
      ["r8", "r9"].map((release) => [
        `GET /apps/${app}/slugs/slug-of-${release}`,
        () => ({ status: 200, body: { id: `slug-of-${release}`, commit: commits[release] ?? null } }),
      ]),
    ),
    "GET /stream/log": () => ({ status: 200, body: log }),
    "GET /stream/b1": () => ({ status: 200, body: output }),
    "GET /stream/r9": () => ({ status: 200, body: "Running release command\n" }),
    "PUT /store/1": () => ({ status: 200 }),
  };
  const answer = (call: Received, address: string): Answer => {
    const { method, url, headers } = call;
    const path = url.split("?")[0] ?? "";
    const known = answers[`${method} ${path}`];
    if (!known) return { status: 404, body: { id: "not_found", message: "Couldn't find that app." } };
    const api = !path.startsWith("/stream") && !path.startsWith("/store");
    if (api && headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { id: "unauthorized", message: "Invalid credentials provided." } };
    if (api && headers.accept !== "application/vnd.heroku+json; version=3")
      return { status: 406, body: { id: "not_acceptable", message: "no version" } };
    return known(address, call);
  };
  return loopback(answer, course.faults);
}
