import { answered, operationOf, wrongRequest } from "./github-schema";
import { type Answer, type Fault, type Loopback, loopback, type Received } from "./loopback";

export const GITHUB_TOKEN = "ghs_token";
const ROOT = "/repos/team/app";

interface DeploymentRecord {
  environment: string;
  task: string;
  sha: string;
  /** Its states, the newest first. */
  states: string[];
  created_at?: string;
}

interface Issue {
  number: number;
  label: string;
  state: string;
  assignees: string[];
  comments: string[];
}

/** What GitHub knows of the repository `team/app`. Tests change it as they go. */
export interface Repository {
  branches?: Record<string, string>;
  tags?: Record<string, string>;
  /** Commits that a person may name. */
  commits?: string[];
  latestRelease?: string;
  releases?: { tag_name: string; draft?: boolean; prerelease?: boolean; published_at: string | null }[];
  statuses?: { sha: string; context: string; state: string; login?: string; created_at?: string }[];
  checkRuns?: {
    sha: string;
    name: string;
    status: string;
    conclusion?: string;
    app?: string;
    head_sha?: string;
  }[];
  /** Pull requests by commit, with whether they are merged. */
  pulls?: Record<string, boolean>;
  /** How a commit stands to a branch: `BRANCH...SHA`. */
  compared?: Record<string, { status: string; added?: string[] }>;
  deployments?: DeploymentRecord[];
  issues?: Issue[];
  /** Runs of the workflow, this one apart, whose id is 1. */
  runs?: { id: number; status: string }[];
  /** Called with each call before it is answered. */
  before?: (call: string) => void;
}

/** GitHub's API for `team/app`, with answers and requests as its published description has them. */
export function githubPlatform(state: Repository, faults: Record<string, Fault[]> = {}): Promise<Loopback> {
  return loopback((call) => answer(state, call), faults);
}

function answer(state: Repository, { method, url, headers, body }: Received): Answer {
  if (headers.authorization !== `Bearer ${GITHUB_TOKEN}`)
    return { status: 401, body: { message: "Bad credentials" } };
  const { pathname, searchParams } = new URL(url, "http://github");
  const found = operationOf(method, decodeURIComponent(pathname));
  const wrong = wrongRequest(found, searchParams, body.toString());
  if (wrong.length > 0) throw new Error(`${method} ${url}: ${wrong.join("; ")}`);
  state.before?.(`${method} ${pathname}`);
  const given = body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
  for (const route of ROUTES) {
    const match = route.path.exec(decodeURIComponent(pathname));
    if (route.method !== method || !match) continue;
    const result = route.answer(state, { parts: match.slice(1), query: searchParams, given });
    if (result === undefined) return { status: 404, body: { message: "Not Found" } };
    const status = method === "POST" ? 201 : 200;
    return { status, body: answered(found, status, result) };
  }
  throw new Error(`the stand-in does not play ${method} ${url}`);
}

interface Asked {
  parts: string[];
  query: URLSearchParams;
  given: Record<string, unknown>;
}

interface Route {
  method: string;
  path: RegExp;
  answer: (state: Repository, asked: Asked) => unknown;
}

function route(method: string, path: string, answer: Route["answer"]): Route {
  return { method, path: new RegExp(`^${ROOT}${path}$`), answer };
}

/** What a page of a list holds. */
function page<T>(list: T[], { query }: Asked): T[] {
  const size = Number(query.get("per_page") ?? 30);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return list.slice(start, start + size);
}

const ROUTES: Route[] = [
  route(
    "GET",
    "/git/ref/heads/(.+)",
    ({ branches = {} }, { parts: [name = ""] }) =>
      branches[name] && { ref: `refs/heads/${name}`, object: { type: "commit", sha: branches[name] } },
  ),
  route("GET", "/git/matching-refs/tags", ({ tags = {} }) =>
    Object.entries(tags).map(([name, sha]) => ({ ref: `refs/tags/${name}`, object: { sha } })),
  ),
  route("GET", "/releases", ({ releases = [] }, asked) => page(releases, asked)),
  route("GET", "/releases/latest", ({ latestRelease }) => latestRelease && { tag_name: latestRelease }),
  route(
    "GET",
    "/commits/((?:(?!/(?:pulls|statuses|check-runs)$).)+)",
    ({ tags = {}, commits = [] }, { parts: [name = ""] }) => {
      const sha = tags[name] ?? commits.find((commit) => commit.startsWith(name));
      return sha && { sha };
    },
  ),
  route("GET", "/compare/(.+)", ({ compared = {} }, { parts: [heads = ""] }) => {
    const found = compared[heads];
    return (
      found && {
        status: found.status,
        files: (found.added ?? []).map((filename) => ({ filename, status: "added" })),
      }
    );
  }),
  route("GET", "/commits/([^/]+)/pulls", ({ pulls = {} }, asked) => {
    const merged = pulls[asked.parts[0] ?? ""];
    const at = merged ? "2026-01-01T00:00:00Z" : null;
    return page(merged === undefined ? [] : [{ number: 7, merged_at: at }], asked);
  }),
  route("GET", "/commits/([^/]+)/statuses", ({ statuses = [] }, asked) =>
    page(
      statuses
        .filter(({ sha }) => sha === asked.parts[0])
        .map(({ context, state, login = "ci", created_at = "2026-01-01T00:00:00Z" }) => ({
          context,
          state,
          created_at,
          creator: { login },
        })),
      asked,
    ),
  ),
  route("GET", "/commits/([^/]+)/check-runs", ({ checkRuns = [] }, asked) => {
    const name = asked.query.get("check_name");
    const all = checkRuns.filter((run) => run.sha === asked.parts[0] && (name === null || run.name === name));
    return {
      total_count: all.length,
      check_runs: page(all, asked).map(
        ({ sha, name, status, conclusion, app = "github-actions", head_sha }) => ({
          name,
          status,
          conclusion: conclusion ?? null,
          head_sha: head_sha ?? sha,
          app: { slug: app },
        }),
      ),
    };
  }),
  route("GET", "/deployments", ({ deployments = [] }, asked) => {
    const fits = (record: DeploymentRecord) =>
      (["sha", "task", "environment"] as const).every(
        (key) => !asked.query.has(key) || asked.query.get(key) === record[key],
      );
    const all = deployments.map((record, index) => ({ id: index + 1, ...record })).filter(fits);
    return page(all.reverse(), asked).map(
      ({ id, environment, task, sha, created_at = "2026-01-01T00:00:00Z" }) => ({
        id,
        environment,
        task,
        sha,
        created_at,
      }),
    );
  }),
  route("POST", "/deployments", (state, { given }) => {
    state.deployments ??= [];
    const { ref, task, environment } = given as Record<string, string>;
    state.deployments.push({ sha: ref ?? "", task: task ?? "", environment: environment ?? "", states: [] });
    return { id: state.deployments.length, sha: ref, task, environment };
  }),
  route("GET", "/deployments/(\\d+)/statuses", ({ deployments = [] }, asked) => {
    const states = deployments[Number(asked.parts[0]) - 1]?.states;
    return states && page(states, asked).map((state) => ({ state }));
  }),
  route("POST", "/deployments/(\\d+)/statuses", ({ deployments = [] }, { parts, given }) => {
    const record = deployments[Number(parts[0]) - 1];
    record?.states.unshift(String(given.state));
    return record && { state: given.state };
  }),
  route("GET", "/actions/workflows/[^/]+/runs", ({ runs = [] }, asked) => ({
    total_count: runs.length,
    workflow_runs: page(runs, asked),
  })),
  route("GET", "/issues", ({ issues = [] }, asked) =>
    page(
      issues.filter(
        ({ label, state }) =>
          label === asked.query.get("labels") && state === (asked.query.get("state") ?? "open"),
      ),
      asked,
    ).map(({ number, state }) => ({ number, state })),
  ),
  route("POST", "/issues", (state, { given }) => {
    state.issues ??= [];
    const { labels, assignees, body } = given as { labels: string[]; assignees: string[]; body: string };
    const number = state.issues.length + 1;
    state.issues.push({ number, label: labels[0] ?? "", state: "open", assignees, comments: [body] });
    return { number, state: "open" };
  }),
  route("POST", "/issues/(\\d+)/comments", ({ issues = [] }, { parts, given }) => {
    issues[Number(parts[0]) - 1]?.comments.push(String(given.body));
    return { body: given.body };
  }),
  route("PATCH", "/issues/(\\d+)", ({ issues = [] }, { parts, given }) => {
    const issue = issues[Number(parts[0]) - 1];
    if (issue) issue.state = String(given.state);
    return issue && { number: issue.number, state: issue.state };
  }),
];
