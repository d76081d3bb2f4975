import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { markedAtVendors } from "../../ephemeral/vendors";

test("the vendors are asked for what carries the mark, page by page, and who was not asked is said", async () => {
  const asked: string[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    asked.push(`${url} ${headers.authorization} ${headers.range ?? "-"}`);
    const answer = (body: unknown, more: Record<string, string> = {}) =>
      response.writeHead(200, { "content-type": "application/json", ...more }).end(JSON.stringify(body));
    if (url === "/apps" && headers.range === "id ..; max=1000")
      return answer([{ id: "1", name: "dandi-api-staging" }], { "next-range": "id ]1..; max=1000" });
    if (url === "/apps") return answer([{ id: "2", name: "dandi-api-eph-pr-1" }]);
    if (url.endsWith("page=2")) return answer({ droplets: [{ id: 4, name: "train-eph-pr-1" }], links: {} });
    const next = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/droplets?page=2`;
    return answer({ droplets: [{ id: 3, name: "train-dev" }], links: { pages: { next } } });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    HEROKU_API_KEY: "h",
    HEROKU_API_URL: base,
    DIGITALOCEAN_TOKEN: "d",
    DIGITALOCEAN_API_URL: base,
    NETLIFY_AUTH_TOKEN: "n",
    NETLIFY_API_URL: "http://127.0.0.1:1",
  };
  const { found, unasked } = await markedAtVendors(env);
  assert.deepEqual(found, [
    { environment: "eph-pr-1", type: "heroku:app/app:App", id: "2", name: "dandi-api-eph-pr-1" },
    { environment: "eph-pr-1", type: "digitalocean:index/droplet:Droplet", id: "4", name: "train-eph-pr-1" },
  ]);
  assert.match(unasked[0] ?? "", /^Netlify \(/);
  assert.deepEqual(unasked.slice(1), ["AWS", "CloudAMQP", "GitHub", "Sentry"]);
  assert.equal(asked.filter((line) => line.includes("Bearer h")).length, 2);
  assert.ok(!JSON.stringify(unasked).includes("Bearer"));
});
