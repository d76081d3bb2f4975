import { answered, operationOf, wrongRequest } from "../release/deploys/github-schema";
import { type Loopback, loopback } from "../release/deploys/loopback";

/** A comment on a pull request. */
interface Comment {
  id: number;
  body: string;
  user: { login: string };
}

interface Review {
  user: { login: string };
  state: string;
  commit_id: string;
}

/** What GitHub knows of one pull request. */
export interface PullRequest {
  number: number;
  head: string;
  /** What it was merged as; absent while it is open. */
  merged?: string;
  reviews: Review[];
  comments: Comment[];
}

const REPOSITORY = /^\/repos\/owner\/name/;

/**
 * GitHub's API for `owner/name` with one pull request; requests and answers are as its published
 * description has them.
 */
export function gitHub(pull: PullRequest): Promise<Loopback> {
  return loopback(({ method, url, body }) => {
    const { pathname, searchParams } = new URL(url, "http://github");
    const found = operationOf(method, pathname);
    const wrong = wrongRequest(found, searchParams, body.toString());
    if (wrong.length > 0) throw new Error(`${method} ${url}: ${wrong.join("; ")}`);
    const given = body.length > 0 ? (JSON.parse(body.toString()) as { body: string }) : { body: "" };
    const result = play(pull, `${method} ${pathname.replace(REPOSITORY, "")}`, given.body, searchParams);
    const status = method === "POST" ? 201 : 200;
    return { status, body: answered(found, status, result) };
  });
}

function play(pull: PullRequest, call: string, body: string, query: URLSearchParams): unknown {
  const page = <T>(all: readonly T[]) => {
    const size = Number(query.get("per_page") ?? 30);
    const start = (Number(query.get("page") ?? 1) - 1) * size;
    return all.slice(start, start + size);
  };
  const commits = /^GET \/commits\/(?<commit>[^/]+)\/pulls$/.exec(call)?.groups?.commit;
  if (commits !== undefined) return [pull.head, pull.merged].includes(commits) ? [shown(pull)] : [];
  const comment = /^PATCH \/issues\/comments\/(?<id>\d+)$/.exec(call)?.groups?.id;
  if (comment !== undefined) {
    const found = pull.comments.find(({ id }) => id === Number(comment));
    return Object.assign(found ?? {}, { body });
  }
  switch (call) {
    case `GET /pulls/${pull.number}`:
      return shown(pull);
    case `GET /pulls/${pull.number}/reviews`:
      return page(pull.reviews);
    case `GET /issues/${pull.number}/comments`:
      return page(pull.comments);
    case `POST /issues/${pull.number}/comments`: {
      const made = { id: 1000 + pull.comments.length, body, user: { login: "github-actions[bot]" } };
      pull.comments.push(made);
      return made;
    }
    default:
      throw new Error(`the stand-in does not play ${call}`);
  }
}

function shown({ number, head, merged }: PullRequest) {
  return {
    number,
    head: { sha: head },
    merged_at: merged === undefined ? null : "2026-05-04T12:00:00Z",
    merge_commit_sha: merged ?? null,
  };
}
