import { answered, operationOf, wrongRequest } from "../deploys/github-schema";
import { type Answer, type Fault, type Loopback, loopback, type Received } from "../deploys/loopback";
import type { GitRepository } from "./git-repository";

interface Check {
  sha: string;
  name: string;
  status?: string;
  conclusion?: string;
  app?: string;
}

interface Status {
  sha: string;
  context: string;
  state: string;
  login?: string;
  created_at?: string;
}

interface Deployment {
  environment: string;
  task: string;
  sha: string;
  created_at: string;
  /** The newest first. */
  states: string[];
}

interface Run {
  event: string;
  status: string;
  display_title: string;
  conclusion?: string;
  run_started_at?: string;
}

interface Issue {
  title: string;
  body: string;
  state: string;
  assignees: string[];
  labels: string[];
  comments: string[];
}

export interface Pull {
  number: number;
  state: "open" | "closed";
  head: { sha: string; ref: string; repo: string };
  author: string;
  labels: string[];
  comments: { id: number; body: string; login: string }[];
  /** Nobody may comment any more. */
  locked?: boolean;
}

/** What GitHub knows; tests change it as they go. */
export interface GitHubState {
  /** `owner/name` of the repository whose workflows run. */
  repository: string;
  git?: GitRepository;
  checks: Check[];
  statuses: Status[];
  /** By `owner/name`. */
  deployments: Record<string, Deployment[]>;
  /** Runs by workflow file, the newest first. */
  runs: Record<string, Run[]>;
  dispatched: { workflow: string; ref: string; inputs?: Record<string, string> }[];
  issues: Issue[];
  pulls?: Pull[];
  /** Calls that GitHub has no answer to. */
  down?: RegExp;
}

export function gitHubState(repository: string, git?: GitRepository): GitHubState {
  return { repository, git, checks: [], statuses: [], deployments: {}, runs: {}, dispatched: [], issues: [] };
}

/**
 * GitHub's API as the steps use it, on a real Git repository; requests and answers are as its
 * published description has them.
 */
export function gitHub(state: GitHubState, faults: Record<string, Fault[]> = {}): Promise<Loopback> {
  return loopback((call) => answer(state, call), faults);
}

/** A token that may what a job's `permissions` say. */
export function tokenFor(permissions: Record<string, string>): string {
  return `ghs_${Buffer.from(JSON.stringify(permissions)).toString("base64url")}`;
}

interface Asked {
  parts: string[];
  query: URLSearchParams;
  given: Record<string, unknown>;
  repository: string;
}

interface Route {
  method: string;
  path: RegExp;
  /**
   * What the token must be allowed, as
   * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps says.
   */
  needs: [scope: string, access: "read" | "write"];
  answer: (state: GitHubState, asked: Asked) => unknown;
}

/** GitHub says no. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

function answer(state: GitHubState, { method, url, headers, body }: Received): Answer {
  if (state.down?.test(`${method} ${url}`)) return { status: 500, body: { message: "not now" } };
  const address = new URL(url, "http://github");
  const pathname = decodeURIComponent(address.pathname);
  const [, owner, name, ...rest] = pathname.split("/").slice(1);
  const repository = `${owner}/${name}`;
  const inside = `/${rest.join("/")}`;
  const found = operationOf(method, pathname);
  const wrong = wrongRequest(found, address.searchParams, body.toString());
  if (wrong.length > 0) throw new Error(`${method} ${url}: ${wrong.join("; ")}`);
  const given = body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
  for (const { method: known, path, needs, answer: play } of ROUTES) {
    const match = path.exec(inside);
    if (known !== method || !match) continue;
    try {
      allowed(state, repository, headers.authorization ?? "", needs);
      const result = play(state, { parts: match.slice(1), query: address.searchParams, given, repository });
      if (result === undefined) return { status: 404, body: { message: "Not Found" } };
      if (result === null) return { status: 204 };
      const status = method === "POST" ? 201 : 200;
      return { status, body: answered(found, status, result) };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: { message: error.message } };
      throw error;
    }
  }
  throw new Error(`the stand-in does not play ${method} ${url}`);
}

// The token says what its job may. What is public of another repository, everybody may read.
function allowed(
  state: GitHubState,
  repository: string,
  authorization: string,
  [scope, access]: Route["needs"],
): void {
  const encoded = /^Bearer ghs_(.+)$/.exec(authorization)?.[1];
  if (encoded === undefined) throw new Refusal(401, "Bad credentials");
  if (repository !== state.repository && access === "read") return;
  const permissions = JSON.parse(Buffer.from(encoded, "base64url").toString()) as Record<string, string>;
  const has = scope
    .split(" or ")
    .flatMap((each) => permissions[each] ?? [])
    .sort()
    .at(-1); // `write` comes after `read`
  if (repository !== state.repository || has === undefined || (access === "write" && has !== "write"))
    throw new Refusal(403, `Resource not accessible by integration (${scope}: ${access})`);
}

function page<T>(list: T[], query: URLSearchParams): T[] {
  const size = Number(query.get("per_page") ?? 30);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return list.slice(start, start + size);
}

function gitOf({ git }: GitHubState): GitRepository {
  if (!git) throw new Error("the test has no Git repository");
  return git;
}

function commitOf(git: GitRepository, name: string) {
  return git.info(git.head(name) ?? name);
}

const TIME = "2026-01-01T00:00:00Z";
const person = { name: "Test", email: "test@example.org", date: TIME };

function gitCommit(git: GitRepository, sha: string) {
  const info = git.info(sha);
  return (
    info && {
      sha: info.sha,
      message: info.message,
      author: person,
      committer: person,
      tree: { sha: info.tree },
      parents: info.parents.map((parent) => ({ sha: parent })),
    }
  );
}

function shown(git: GitRepository, sha: string) {
  const info = git.info(sha);
  return {
    sha,
    commit: { message: info?.message, author: person, committer: person, tree: { sha: info?.tree } },
    parents: (info?.parents ?? []).map((parent) => ({ sha: parent })),
  };
}

const WORKFLOWS = /^\.github\/workflows\//;

/** The workflow files of a commit, which a run's token must leave alone. */
function workflowsOf(git: GitRepository, sha: string): string {
  const tree = git.info(sha)?.tree ?? "";
  const files = git.entries(tree).filter(({ path, type }) => type === "blob" && WORKFLOWS.test(path));
  return JSON.stringify(files.map((file) => [file.path, file.sha]));
}

function pullOf({ pulls = [] }: GitHubState, number: string | undefined): Pull | undefined {
  return pulls.find((pull) => pull.number === Number(number));
}

function pullShown({ number, state, head, author, labels }: Pull) {
  return {
    number,
    state,
    head: { ...head, repo: { full_name: head.repo } },
    user: { login: author },
    labels: labels.map((name) => ({ name })),
  };
}

function commentShown({ id, body, login }: Pull["comments"][number]) {
  return { id, body, user: { login } };
}

const ROUTES: Route[] = [
  {
    method: "GET",
    path: /^\/git\/ref\/heads\/(.+)$/,
    needs: ["contents", "read"],
    answer: (state, { parts: [branch = ""] }) => {
      const sha = gitOf(state).head(branch);
      return sha && { ref: `refs/heads/${branch}`, object: { type: "commit", sha } };
    },
  },
  {
    method: "GET",
    path: /^\/git\/commits\/(.+)$/,
    needs: ["contents", "read"],
    answer: (state, { parts: [sha = ""] }) => gitCommit(gitOf(state), sha),
  },
  {
    method: "GET",
    path: /^\/git\/trees\/(.+)$/,
    needs: ["contents", "read"],
    answer: (state, { parts: [sha = ""] }) => ({ sha, truncated: false, tree: gitOf(state).entries(sha) }),
  },
  {
    method: "POST",
    path: /^\/git\/trees$/,
    needs: ["contents", "write"],
    answer: (state, { given }) => {
      const { base_tree, tree } = given as { base_tree: string; tree: Parameters<GitRepository["tree"]>[1] };
      // As users report it: https://github.com/googleapis/release-please-action/issues/704
      if (tree.some(({ path }) => WORKFLOWS.test(path)))
        throw new Refusal(403, "Resource not accessible by integration");
      const git = gitOf(state);
      const sha = git.tree(base_tree, tree);
      return { sha, truncated: false, tree: git.entries(sha) };
    },
  },
  {
    method: "POST",
    path: /^\/git\/commits$/,
    needs: ["contents", "write"],
    answer: (state, { given }) => {
      const { tree, message, parents } = given as { tree: string; message: string; parents: string[] };
      const git = gitOf(state);
      return gitCommit(git, git.commitTree(tree, message, parents));
    },
  },
  {
    method: "PATCH",
    path: /^\/git\/refs\/heads\/(.+)$/,
    needs: ["contents", "write"],
    answer: (state, { parts: [branch = ""], given }) => {
      const git = gitOf(state);
      const { sha, force } = given as { sha: string; force: boolean };
      const head = git.head(branch);
      if (head !== undefined && workflowsOf(git, head) !== workflowsOf(git, sha))
        throw new Refusal(
          403,
          "refusing to allow a GitHub App to create or update workflow without `workflows` permission",
        );
      if (force) throw new Error("nothing here may force");
      if (!git.advance(branch, sha)) throw new Refusal(422, "Update is not a fast forward");
      return { ref: `refs/heads/${branch}`, object: { type: "commit", sha } };
    },
  },
  {
    method: "GET",
    path: /^\/compare\/(.+)\.\.\.(.+)$/,
    needs: ["contents", "read"],
    answer: (state, { parts: [from = "", to = ""], query }) => {
      const git = gitOf(state);
      const base = commitOf(git, from);
      const head = commitOf(git, to);
      if (!base || !head) return undefined;
      const ahead = git.ahead(base.sha, head.sha);
      const behind = git.ahead(head.sha, base.sha);
      const status =
        ahead.length === 0
          ? behind.length === 0
            ? "identical"
            : "behind"
          : behind.length === 0
            ? "ahead"
            : "diverged";
      return {
        status,
        ahead_by: ahead.length,
        behind_by: behind.length,
        total_commits: ahead.length,
        base_commit: shown(git, base.sha),
        merge_base_commit: shown(git, git.mergeBase(base.sha, head.sha)),
        commits: page(ahead, query).map((sha) => shown(git, sha)),
        files: [],
      };
    },
  },
  {
    method: "GET",
    path: /^\/commits\/([^/]+)\/check-runs$/,
    needs: ["checks", "read"],
    answer: ({ checks }, { parts: [sha], query }) => {
      const all = checks.filter((check) => check.sha === sha);
      return {
        total_count: all.length,
        check_runs: page(all, query).map(
          ({ name, status = "completed", conclusion, app = "github-actions" }) => ({
            name,
            status,
            conclusion: conclusion ?? null,
            head_sha: sha,
            app: { slug: app },
          }),
        ),
      };
    },
  },
  {
    method: "GET",
    path: /^\/commits\/([^/]+)\/statuses$/,
    needs: ["statuses", "read"],
    answer: ({ statuses }, { parts: [sha], query }) =>
      page(
        statuses.filter((status) => status.sha === sha),
        query,
      ).map(({ context, state, login = "ci", created_at = TIME }) => ({
        context,
        state,
        created_at,
        creator: { login },
      })),
  },
  {
    method: "GET",
    path: /^\/deployments$/,
    needs: ["deployments", "read"],
    answer: ({ deployments }, { query, repository }) => {
      const numbered = (deployments[repository] ?? []).map((each, index) => ({ id: index + 1, ...each }));
      const fits = (each: Deployment) =>
        (["environment", "task", "sha"] as const).every(
          (key) => !query.has(key) || query.get(key) === each[key],
        );
      return page(numbered.filter(fits).reverse(), query).map(({ states: _, ...record }) => record);
    },
  },
  {
    method: "POST",
    path: /^\/deployments$/,
    needs: ["deployments", "write"],
    answer: ({ deployments }, { repository, given }) => {
      const { ref, task, environment } = given as Record<string, string>;
      deployments[repository] ??= [];
      deployments[repository].push({
        environment: environment ?? "",
        task: task ?? "",
        sha: ref ?? "",
        created_at: TIME,
        states: [],
      });
      return { id: deployments[repository].length, sha: ref, task, environment };
    },
  },
  {
    method: "GET",
    path: /^\/deployments\/(\d+)\/statuses$/,
    needs: ["deployments", "read"],
    answer: ({ deployments }, { parts: [id], query, repository }) => {
      const states = deployments[repository]?.[Number(id) - 1]?.states;
      return states && page(states, query).map((state) => ({ state }));
    },
  },
  {
    method: "POST",
    path: /^\/deployments\/(\d+)\/statuses$/,
    needs: ["deployments", "write"],
    answer: ({ deployments }, { parts: [id], given, repository }) => {
      deployments[repository]?.[Number(id) - 1]?.states.unshift(String(given.state));
      return { state: given.state };
    },
  },
  {
    method: "GET",
    path: /^\/actions\/workflows\/([^/]+)\/runs$/,
    needs: ["actions", "read"],
    answer: ({ runs }, { parts: [file = ""], query }) => {
      const status = query.get("status");
      const all = (runs[file] ?? []).filter(
        (run) =>
          (!query.has("event") || run.event === query.get("event")) &&
          (status === null || run.status === status || run.conclusion === status),
      );
      return {
        total_count: all.length,
        workflow_runs: page(all, query).map(
          ({ event, status, display_title, conclusion, run_started_at }) => ({
            event,
            status,
            display_title,
            conclusion: conclusion ?? null,
            run_started_at: run_started_at ?? TIME,
          }),
        ),
      };
    },
  },
  {
    method: "POST",
    path: /^\/actions\/workflows\/([^/]+)\/dispatches$/,
    needs: ["actions", "write"],
    answer: ({ dispatched }, { parts: [workflow = ""], given }) => {
      const { ref, inputs } = given as { ref: string; inputs?: Record<string, string> };
      dispatched.push({ workflow, ref, ...(inputs && { inputs }) });
      return null;
    },
  },
  {
    method: "GET",
    path: /^\/issues$/,
    needs: ["issues", "read"],
    answer: ({ issues }, { query }) =>
      page(
        issues
          .map((issue, index) => ({ number: index + 1, ...issue }))
          .filter(
            ({ state, labels }) => state === query.get("state") && labels.includes(query.get("labels") ?? ""),
          ),
        query,
      ).map(({ number, title, body, state }) => ({ number, title, body, state })),
  },
  {
    method: "POST",
    path: /^\/issues$/,
    needs: ["issues", "write"],
    answer: ({ issues }, { given }) => {
      const { title, body, assignees, labels } = given as unknown as Issue;
      issues.push({ title, body, assignees, labels, state: "open", comments: [] });
      return { number: issues.length, title, body, state: "open" };
    },
  },
  {
    method: "GET",
    path: /^\/issues\/(\d+)$/,
    needs: ["issues", "read"],
    answer: ({ issues }, { parts: [number] }) => {
      const issue = issues[Number(number) - 1];
      return issue && { number: Number(number), title: issue.title, body: issue.body, state: issue.state };
    },
  },
  {
    method: "PATCH",
    path: /^\/issues\/(\d+)$/,
    needs: ["issues", "write"],
    answer: ({ issues }, { parts: [number], given }) => {
      const issue = issues[Number(number) - 1];
      if (!issue) return undefined;
      Object.assign(issue, given);
      return { number: Number(number), title: issue.title, body: issue.body, state: issue.state };
    },
  },
  {
    method: "GET",
    path: /^\/pulls$/,
    needs: ["pull-requests", "read"],
    answer: ({ pulls = [] }, { query }) =>
      page(
        pulls.filter(({ state }) => state === query.get("state")),
        query,
      ).map(pullShown),
  },
  {
    method: "GET",
    path: /^\/pulls\/(\d+)$/,
    needs: ["pull-requests", "read"],
    answer: (state, { parts: [number] }) => {
      const pull = pullOf(state, number);
      return pull && pullShown(pull);
    },
  },
  {
    method: "GET",
    path: /^\/issues\/(\d+)\/comments$/,
    needs: ["pull-requests", "read"],
    answer: (state, { parts: [number], query }) =>
      page(pullOf(state, number)?.comments ?? [], query).map(commentShown),
  },
  {
    method: "PATCH",
    path: /^\/issues\/comments\/(\d+)$/,
    needs: ["pull-requests", "write"],
    answer: ({ pulls = [] }, { parts: [id], given }) => {
      const found = pulls.flatMap(({ comments }) => comments).find((each) => each.id === Number(id));
      return found && commentShown(Object.assign(found, { body: String(given.body) }));
    },
  },
  {
    method: "POST",
    path: /^\/issues\/(\d+)\/comments$/,
    // https://docs.github.com/en/rest/issues/comments#create-an-issue-comment takes either.
    needs: ["issues or pull-requests", "write"],
    answer: (state, { parts: [number], given }) => {
      const { issues } = state;
      const pull = pullOf(state, number);
      if (pull?.locked) throw new Refusal(403, "Unable to create comment because issue is locked.");
      if (pull) {
        const made = {
          id: pull.number * 1000 + pull.comments.length,
          body: String(given.body),
          login: "github-actions[bot]",
        };
        pull.comments.push(made);
        return commentShown(made);
      }
      issues[Number(number) - 1]?.comments.push(String(given.body));
      return { body: given.body };
    },
  },
];
