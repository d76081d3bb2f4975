import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import type { Loopback } from "../release/deploys/loopback";
import { type Ended, run } from "../support/process";
import { ROOT, scratch } from "../support/projects";
import { gitHub, type PullRequest } from "./github";
import { identities, identityOf } from "./identities";

const HEAD = "a".repeat(40);
const MERGED = "b".repeat(40);

const pullRequest = (more: Partial<PullRequest> = {}): PullRequest => ({
  number: 7,
  head: HEAD,
  merged: MERGED,
  reviews: [approval("bea")],
  comments: [],
  ...more,
});
const approval = (login: string, commit = HEAD) => ({
  user: { login },
  state: "APPROVED",
  commit_id: commit,
});

test("a commit that was merged as it was approved passes", async () => {
  const { status, output } = await script("reviewed.sh", pullRequest(), { COMMIT: MERGED });
  assert.equal(status, 0, output);
  assert.match(output, /approved in #7/);
});

for (const [what, pull, commit, says] of [
  ["nobody has reviewed", pullRequest({ reviews: [] }), MERGED, /nobody has approved a{40}/],
  [
    "was changed after the approval",
    pullRequest({ reviews: [approval("bea", "c".repeat(40))] }),
    MERGED,
    /nobody has approved/,
  ],
  [
    "lost its approval again",
    pullRequest({ reviews: [approval("bea"), { ...approval("bea"), state: "DISMISSED" }] }),
    MERGED,
    /nobody has approved/,
  ],
  [
    "is the head of an open pull request",
    pullRequest({ merged: undefined }),
    HEAD,
    /is not what a pull request was merged as/,
  ],
  ["was pushed by hand", pullRequest(), "d".repeat(40), /is not what a pull request was merged as/],
] as const) {
  test(`a commit that ${what} does not`, async () => {
    const { status, output } = await script("reviewed.sh", pull, { COMMIT: commit });
    assert.equal(status, 1);
    assert.match(output, says);
  });
}

test("an approval stays where its author comments later", async () => {
  const reviews = [approval("bea"), { ...approval("bea"), state: "COMMENTED" }];
  const { status, output } = await script("reviewed.sh", pullRequest({ reviews }), { COMMIT: MERGED });
  assert.equal(status, 0, output);
});

test("each system has one comment, which later reviews replace, and nobody else's is touched", async () => {
  const out = scratch();
  writeFileSync(path.join(out, "root.md"), "Nothing changes.\n");
  writeFileSync(path.join(out, "dt.md"), 'Replaces the database: `$(id)` "quoted" ${{ x }}\n');
  const others = Array.from({ length: 120 }, (_, id) => ({ id, body: "hello", user: { login: "kim" } }));
  const forged = { id: 500, body: "<!-- stagewright: review of root -->\nmine", user: { login: "mallory" } };
  const pull = pullRequest({ comments: [forged, ...others] });
  const env = { NUMBER: "7", OUT: out };
  assert.equal((await script("comment.sh", pull, env)).status, 0);
  writeFileSync(path.join(out, "root.md"), "Adds a bucket.\n");
  const again = await script("comment.sh", pull, env);
  assert.equal(again.status, 0, again.output);
  const ours = pull.comments.filter(({ user }) => user.login === "github-actions[bot]");
  assert.deepEqual(
    ours.map(({ body }) => body),
    [
      '<!-- stagewright: review of dt -->\nReplaces the database: `$(id)` "quoted" ${{ x }}\n',
      "<!-- stagewright: review of root -->\nAdds a bucket.\n",
    ],
  );
  assert.equal(forged.body, "<!-- stagewright: review of root -->\nmine");
});

test("a job becomes a role at AWS by its identity, and its keys are masked", async () => {
  const { ended, environment, received } = await assumed({
    ROLE: "arn:aws:iam::278212569472:role/dandi-staging-github",
  });
  assert.equal(ended.status, 0, ended.output);
  assert.deepEqual(environment, [
    "AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
    "AWS_SECRET_ACCESS_KEY=secret/+=",
    "AWS_SESSION_TOKEN=session",
  ]);
  const [identity, session] = received;
  assert.equal(identity?.url, "/identity?v=1&audience=sts.amazonaws.com");
  assert.equal(identity?.headers.authorization, "Bearer request-token");
  const form = new URLSearchParams(session?.body.toString());
  assert.deepEqual(Object.fromEntries(form), {
    Version: "2011-06-15",
    Action: "AssumeRoleWithWebIdentity",
    DurationSeconds: "3600",
    RoleArn: "arn:aws:iam::278212569472:role/dandi-staging-github",
    RoleSessionName: "github-42",
    WebIdentityToken: "jwt.of.the-job",
  });
  const shown = ended.output.replaceAll(/^::add-mask::.*$/gm, "");
  for (const secret of ["secret/+=", "jwt.of.the-job", "request-token"])
    assert.ok(!shown.includes(secret), secret);
});

test("a job without an identity, or an environment without a role, is told what is missing", async () => {
  const without = await assumed({ ROLE: "r", ACTIONS_ID_TOKEN_REQUEST_URL: "" });
  assert.match(without.ended.output, /needs the permission id-token: write/);
  const nobody = await assumed({ ROLE: "" });
  assert.match(nobody.ended.output, /bootstrap\/ makes the role/);
  for (const { ended, received } of [without, nobody]) {
    assert.equal(ended.status, 1);
    assert.deepEqual(received, []);
  }
});

test("up refuses to start anywhere but at the commit that was checked", async () => {
  const { status, output } = await script("up.sh", pullRequest(), {
    COMMIT: "e".repeat(40),
    STACK: "staging",
  });
  assert.equal(status, 1);
  assert.match(output, /the checkout is not at e{40}/);
});

async function script(name: string, pull: PullRequest, env: NodeJS.ProcessEnv): Promise<Ended> {
  const vendor = await gitHub(pull);
  try {
    const ended = await bash(name, { GITHUB_API_URL: vendor.address, GITHUB_TOKEN: "token", ...env });
    assert.deepEqual(vendor.problems, []);
    return ended;
  } finally {
    await vendor.close();
  }
}

async function assumed(
  env: NodeJS.ProcessEnv,
): Promise<{ ended: Ended; environment: string[]; received: Loopback["received"] }> {
  const vendors = await identities();
  const file = path.join(scratch(), "env");
  writeFileSync(file, "");
  try {
    const ended = await bash("aws-role.sh", {
      ...identityOf(vendors),
      GITHUB_ENV: file,
      ...env,
    });
    const environment = readFileSync(file, "utf8").split("\n").filter(Boolean);
    return { ended, environment, received: vendors.received };
  } finally {
    await vendors.close();
  }
}

function bash(name: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const folder = scratch();
  mkdirSync(path.join(folder, "tmp"));
  return run("bash", [path.join(ROOT, ".github/scripts", name)], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      TMPDIR: path.join(folder, "tmp"),
      GITHUB_REPOSITORY: "owner/name",
      GITHUB_OUTPUT: path.join(folder, "output"),
      GITHUB_STEP_SUMMARY: path.join(folder, "summary"),
      RETRY_SECONDS: "0",
      ...env,
    },
  });
}
