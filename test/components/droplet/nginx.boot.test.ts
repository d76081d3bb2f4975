import assert from "node:assert/strict";
import { test } from "vitest";
import { run } from "../../../stagewright/host/run";
import { git } from "../../release/deploys/checkout";
import { HOST, machine, stated } from "./machine";

test("nginx in front of gunicorn: 503 before the first deploy, then the app, for its own name alone", async () => {
  const droplet = await machine();
  const before = await droplet.get(`https://${HOST}/`);
  assert.deepEqual([before.status, before.body], ["503", "Nothing is deployed here at the moment.\n"]);
  assert.match(before.headers, /^Retry-After: 60$/im);
  assert.match(
    (await droplet.get(`http://${HOST}/x?y=1`)).headers,
    new RegExp(`^Location: https://${HOST}/x\\?y=1$`, "im"),
  );
  const folder = "/var/www/acme/.well-known/acme-challenge";
  await droplet.run("sh", "-c", `mkdir -p ${folder} && echo answer >${folder}/token`);
  const challenge = await droplet.get(`http://${HOST}/.well-known/acme-challenge/token`);
  assert.deepEqual([challenge.status, challenge.body], ["200", "answer\n"]);

  const commit = git(droplet.origin, "rev-parse", "HEAD").trim();
  const one = await droplet.ask(`deploy ${commit}`, stated(droplet));
  assert.equal(one.code, 0, one.log);
  const { status, body } = await droplet.get(`https://${HOST}/`, "--header", "X-Forwarded-For: 1.2.3.4");
  assert.equal(status, "200");
  const { version, secure, client } = JSON.parse(body);
  assert.deepEqual([version, secure, client], ["one", true, droplet.gateway]);
  assert.equal((await droplet.get(`https://${HOST}/missing`)).status, "404");

  // Another name: no certificate is shown for it.
  const other = await run("curl", [
    ...["--silent", "--insecure", "--connect-to", `other.example:443:${droplet.address}:443`],
    "https://other.example/",
  ]);
  assert.notEqual(other.code, 0);
});
