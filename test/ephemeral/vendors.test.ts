import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { beforeEach, test } from "vitest";
import type { EnvironmentSpec } from "../../stagewright/environment/schema/environment";
import { markedAtVendors } from "../../stagewright/ephemeral/vendors";
import { readProject, readStack } from "../../stagewright/project/project";
import { cleanUp } from "../support/cleanup";
import { ROOT, scratch } from "../support/projects";

const TOKEN = "a-token-that-nobody-may-read";

interface Call {
  /** Method, path and query. */
  line: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Of the server. */
  address: string;
}

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or XML as it is. */
  body: unknown;
}

/** Plays vendors on the loopback. What is not known is not found. */
async function playing(
  answer: (call: Call) => Answer | undefined,
): Promise<{ address: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { method, url, headers } = request;
    const call: Call = { line: `${method} ${url}`, headers, body, address: address() };
    calls.push(call);
    const { status = 200, headers: more, body: told } = answer(call) ?? { status: 404, body: {} };
    response.writeHead(status, more).end(typeof told === "string" ? told : JSON.stringify(told));
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp(() => server.close());
  return { address: address(), calls };
}

const APIS = ["HEROKU_API", "DIGITALOCEAN_API", "NETLIFY_API", "GITHUB_API"].map((name) => `${name}_URL`);
const BASES = [...APIS, "SENTRY_BASE_URL", "CLOUDAMQP_BASEURL"];
const TOKENS = [
  "HEROKU_API_KEY",
  "DIGITALOCEAN_TOKEN",
  "NETLIFY_AUTH_TOKEN",
  "GITHUB_TOKEN",
  "SENTRY_AUTH_TOKEN",
  "CLOUDAMQP_APIKEY",
];

function like(dir: string, stack: string): EnvironmentSpec {
  return readStack(readProject(path.join(ROOT, dir)), stack).spec;
}

const staging = like(".", "staging");
const production = like(".", "production");
const dev = like("systems/release-train", "dev");
const withoutBucket = [{ ...staging, bucket: undefined }, dev];

// Nothing of this machine's own accounts.
beforeEach(() => {
  for (const name of [...TOKENS, ...BASES, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"])
    delete process.env[name];
  const nowhere = path.join(scratch(), "none");
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_MAX_ATTEMPTS: "1",
  });
});

function at(address: string): void {
  for (const name of TOKENS) process.env[name] = TOKEN;
  for (const name of BASES) process.env[name] = address;
}

const page = (url: string, rest = "") => ({ link: `<${url}>; rel="next"${rest}, <${url}>; rel="last"` });

test("every vendor is asked for all that carries the mark, page by page", async () => {
  const { address, calls } = await playing(({ line, headers, address }) => {
    const named = (...names: string[]) => names.map((name, index) => ({ id: index + 1, name }));
    switch (line) {
      case "GET /apps":
        return headers.range === "id ..; max=1000"
          ? { status: 206, headers: { "next-range": "id ]1..; max=1000" }, body: named("dandi-api-staging") }
          : { body: named("dandi-api-eph-pr-1") };
      case "GET /v2/droplets?per_page=200":
        return {
          body: { droplets: named("dev"), links: { pages: { next: `${address}/v2/droplets?page=2` } } },
        };
      case "GET /v2/droplets?page=2":
        return { body: { droplets: named("train-eph-pr-1"), links: {} } };
      case "GET /v2/databases":
        return { body: { databases: named("train-eph-pr-1-database") } };
      case "GET /v2/account/keys?per_page=200":
        return { body: { ssh_keys: named("train-eph-pr-2", "anton"), links: {} } };
      case "GET /v2/domains/release-train.example/records?per_page=200":
        return { body: { domain_records: named("@", "train-eph-pr-3"), links: {} } };
      case "GET /v2/vpcs?per_page=200":
      case "GET /v2/firewalls?per_page=200":
      case "GET /v2/projects?per_page=200":
        return { body: { vpcs: [], firewalls: [], projects: [], links: {} } };
      case "GET /sites?filter=all&per_page=100":
        return { headers: page(`${address}/sites?page=2`), body: named("gui-staging-dandiarchive-org") };
      case "GET /sites?page=2":
        return { body: named("gui-dandiarchive-org-eph-pr-1") };
      case "GET /repos/dandi/dandi-api/environments?per_page=100":
        return {
          headers: page(`${address}/repositories/7/environments?page=2`),
          body: { total_count: 2, environments: named("staging") },
        };
      case "GET /repositories/7/environments?page=2":
        return { body: { total_count: 2, environments: named("eph-pr-1") } };
      case "GET /repos/dandi/dandiarchive/keys?per_page=100":
        return { body: [{ id: 9, title: "netlify-gui-dandiarchive-org-eph-pr-1", key: "ssh-ed25519 AAAA" }] };
      case "GET /0/organizations/dandiarchive/projects/":
        return {
          headers: page(`${address}/0/organizations/dandiarchive/projects/?cursor=2`, '; results="true"'),
          body: named("dandi-api"),
        };
      case "GET /0/organizations/dandiarchive/projects/?cursor=2":
        // The last page links a next one all the same.
        return {
          headers: page(`${address}/endless`, '; results="false"'),
          body: named("dandi-api-eph-pr-1"),
        };
      case "GET /api/instances":
        return { body: named("broker-eph-pr-1", "broker") };
      default:
        if (/^GET \/repos\/[^/]+\/[^/]+\/environments/.test(line)) return { body: { environments: [] } };
        return /^GET \/repos\/[^/]+\/[^/]+\/keys/.test(line) ? { body: [] } : undefined;
    }
  });
  at(address);
  const { found, unasked } = await markedAtVendors(withoutBucket);
  assert.deepEqual(unasked, []);
  assert.deepEqual(
    found.map(({ type, id, name, place }) => [type.split(":").at(-1), id, name, place]),
    [
      ["App", "1", "dandi-api-eph-pr-1", undefined],
      ["Droplet", "1", "train-eph-pr-1", undefined],
      ["DatabaseCluster", "1", "train-eph-pr-1-database", undefined],
      ["SshKey", "1", "train-eph-pr-2", undefined],
      ["DnsRecord", "2", "train-eph-pr-3", "release-train.example"],
      ["Site", "1", "gui-dandiarchive-org-eph-pr-1", undefined],
      ["RepositoryEnvironment", "1", "eph-pr-1", "dandi/dandi-api"],
      ["RepositoryDeployKey", "9", "netlify-gui-dandiarchive-org-eph-pr-1", "dandi/dandiarchive"],
      ["SentryProject", "1", "dandi-api-eph-pr-1", "dandiarchive"],
      ["Instance", "1", "broker-eph-pr-1", undefined],
    ],
  );
  assert.deepEqual([...new Set(found.map(({ environment }) => environment))].sort(), [
    "eph-pr-1",
    "eph-pr-2",
    "eph-pr-3",
  ]);
  const basic = `Basic ${Buffer.from(`:${TOKEN}`).toString("base64")}`;
  for (const { line, headers } of calls)
    assert.equal(headers.authorization, line.includes("/api/instances") ? basic : `Bearer ${TOKEN}`, line);
});

test("who is not asked, refuses or answers strangely is said with the reason, and never the token", async () => {
  const { address } = await playing(({ line }) => {
    if (line.includes("/v2/droplets")) return { body: { droplets: [{ id: 1, name: "train-eph-pr-1" }] } };
    if (line.includes("/v2/databases")) return { status: 403, body: { message: "forbidden" } };
    if (line.includes("/v2/"))
      return { body: { ssh_keys: [], vpcs: [], firewalls: [], projects: [], domain_records: [] } };
    if (line.includes("/sites")) return { headers: page("http://127.0.0.1:1/sites?page=2"), body: [] };
    if (line.includes("/projects")) return { body: { detail: "none" } };
    return { body: "<html>" };
  });
  at(address);
  delete process.env.HEROKU_API_KEY;
  process.env.GITHUB_API_URL = "http://127.0.0.1:1";
  process.env.CLOUDAMQP_APIKEY = `${TOKEN}\n${TOKEN}`;
  const { found, unasked } = await markedAtVendors([{ ...staging, bucket: undefined, gui: undefined }, dev]);
  assert.deepEqual(
    found.map(({ name }) => name),
    ["train-eph-pr-1"],
  );
  assert.deepEqual(
    unasked.filter((line) => !line.includes("/repos/release-train/")),
    [
      "Heroku (HEROKU_API_KEY is not set)",
      "DigitalOcean (/v2/databases answered 403)",
      "Netlify (/sites goes on at another address, where the token is not sent)",
      "GitHub (/repos/dandi/dandi-api/environments gave no answer that can be read)",
      "GitHub (/repos/dandi/dandi-api/keys gave no answer that can be read)",
      "Sentry (/0/organizations/dandiarchive/projects/ answered with no list)",
      "CloudAMQP (CLOUDAMQP_APIKEY holds characters that no token has)",
    ],
  );
  assert.ok(!JSON.stringify(unasked).includes(TOKEN));
});

/** AWS, as far as it lists: account 278212569472, and by a role account 769362853226. */
function aws({ line, headers, body }: Call): Answer | undefined {
  const session = headers["x-amz-security-token"] === "session";
  const account = session ? "769362853226" : "278212569472";
  const asked = new URLSearchParams(body);
  if (asked.get("Action") === "AssumeRole")
    return {
      body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    };
  if (asked.get("Action") === "ListUsers") {
    if (session)
      return {
        status: 403,
        body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>not for ${TOKEN}</Message></Error></ErrorResponse>`,
      };
    const last = asked.get("Marker") === "2";
    const name = last ? "dandi-api-eph-pr-1" : "dandi-api-staging";
    return {
      body: `<ListUsersResponse><ListUsersResult><Users><member><UserName>${name}</UserName><Arn>arn:aws:iam::${account}:user/${name}</Arn>
        </member></Users><IsTruncated>${!last}</IsTruncated>${last ? "" : "<Marker>2</Marker>"}</ListUsersResult></ListUsersResponse>`,
    };
  }
  if (!line.startsWith("GET /?")) return undefined;
  const last = line.includes("continuation-token=2") || session;
  const name = session ? "dandiarchive-eph-pr-2" : last ? "dandi-api-eph-pr-1" : "dandi-api-staging";
  return {
    body: `<ListAllMyBucketsResult><Buckets><Bucket><Name>${name}</Name></Bucket></Buckets>${last ? "" : "<ContinuationToken>2</ContinuationToken>"}</ListAllMyBucketsResult>`,
  };
}

function atAws(address: string): void {
  process.env.AWS_ACCESS_KEY_ID = "AKIA";
  process.env.AWS_SECRET_ACCESS_KEY = TOKEN;
  for (const service of ["S3", "IAM", "STS"]) process.env[`AWS_ENDPOINT_URL_${service}`] = address;
}

const ofAws = (lines: readonly string[]) => lines.filter((line) => line.startsWith("AWS"));

test("AWS is asked for buckets and users in each account that a bucket is in, and by its role where there is one", async () => {
  const { address, calls } = await playing(aws);
  atAws(address);
  const { found, unasked } = await markedAtVendors([staging, staging, production, dev]);
  assert.deepEqual(
    found.map(({ type, id }) => [type, id]),
    [
      ["aws:s3/bucket:Bucket", "dandi-api-eph-pr-1"],
      ["aws:iam/user:User", "dandi-api-eph-pr-1"],
      ["aws:s3/bucket:Bucket", "dandiarchive-eph-pr-2"],
    ],
  );
  assert.deepEqual(ofAws(unasked), ["AWS account sponsored (iam:ListUsers: AccessDenied)"]);
  const assumed = calls.filter(({ body }) => body.includes("AssumeRole")).map(({ body }) => body);
  assert.ok(assumed[0]?.includes(encodeURIComponent(staging.accounts.sponsored?.role ?? "none")));
});

test("without credentials, or with another account's, AWS is said to be unasked", async () => {
  const { address } = await playing(aws);
  const none = await markedAtVendors([staging]);
  assert.deepEqual([none.found, ofAws(none.unasked)], [[], ["AWS account project (no credentials)"]]);
  atAws(address);
  const accounts = { project: { id: "111122223333", region: "us-east-2" as const } };
  const other = await markedAtVendors([{ ...staging, accounts }]);
  assert.deepEqual(ofAws(other.unasked), ["AWS account project (the credentials are of another account)"]);
});
