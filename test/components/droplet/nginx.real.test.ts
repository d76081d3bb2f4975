import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { run } from "../../../stagewright/host/run";
import { git } from "../../release/deploys/checkout";
import { program } from "../../support/debian";
import { background, freePort, HOST, type Machine, machine, stated, text, until } from "./machine";

interface Front {
  https: number;
  /** Asks nginx, as a client on the net would. */
  get(url: string, ...more: string[]): Promise<{ status: string; body: string; headers: string }>;
}

/** A real nginx with the droplet's configuration, on ports of its own. */
async function nginx({ root }: Machine): Promise<Front> {
  const { path: command, env } = await program("nginx");
  const [http, https] = [await freePort(), await freePort()];
  const work = path.join(root, "nginx");
  const tls = path.join(root, "etc/stagewright/tls");
  const challenges = path.join(root, "var/www/acme/.well-known/acme-challenge");
  for (const folder of [work, tls, challenges]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(challenges, "token"), "answer to the challenge\n");
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`],
      ...["-keyout", path.join(tls, "privkey.pem"), "-out", path.join(tls, "fullchain.pem")],
    ],
    { stdio: "ignore" },
  );
  const site = text(path.join(root, "etc/nginx/conf.d/app.conf"))
    .replace(/^ *listen \[::\].*\n/gm, "")
    .replace(/listen 80\b/g, `listen 127.0.0.1:${http}`)
    .replace(/listen 443\b/g, `listen 127.0.0.1:${https}`)
    .replace("/run/app/", `${root}/run/app/`)
    .replaceAll("/etc/stagewright/", `${root}/etc/stagewright/`)
    .replace("/var/www/", `${root}/var/www/`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const config = path.join(work, "nginx.conf");
  writeFileSync(
    config,
    `daemon off;\npid ${work}/pid;\nerror_log ${work}/error.log;\nevents {}\nhttp {\naccess_log off;\n` +
      `${temporary.map((name) => `${name}_temp_path ${work}/${name};\n`).join("")}${site}}\n`,
  );
  const prefix = ["-p", work, "-e", path.join(work, "error.log"), "-c", config];
  const asRoot = process.geteuid?.() === 0 ? ["-g", "user root;"] : [];
  const tested = await run(command, ["-t", "-q", ...prefix, ...asRoot], { env: { ...process.env, ...env } });
  assert.equal(tested.code, 0, tested.output);
  background(command, [...prefix, ...asRoot], env);
  const get: Front["get"] = async (url, ...more) => {
    const { stdout } = await run("curl", [
      ...["--silent", "--include", "--max-time", "30", "--cacert", path.join(tls, "fullchain.pem")],
      ...["--connect-to", `${HOST}:80:127.0.0.1:${http}`, "--connect-to", `${HOST}:443:127.0.0.1:${https}`],
      ...more,
      url,
    ]);
    const [headers = "", body = ""] = stdout.split("\n\n");
    return { status: headers.split(" ")[1] ?? "", headers, body };
  };
  await until(async () => (await get(`http://${HOST}/`)).status === "301", "nginx");
  return { https, get };
}

test("nginx in front of gunicorn: 503 before the first deploy, then the app, and never a refusal while it restarts", async () => {
  const droplet = await machine();
  const { https, get } = await nginx(droplet);
  const before = await get(`https://${HOST}/`);
  assert.deepEqual([before.status, before.body], ["503", "Nothing is deployed here at the moment.\n"]);
  assert.match(before.headers, /^Retry-After: 60$/im);
  assert.match(
    (await get(`http://${HOST}/x?y=1`)).headers,
    new RegExp(`^Location: https://${HOST}/x\\?y=1$`, "im"),
  );
  const challenge = await get(`http://${HOST}/.well-known/acme-challenge/token`);
  assert.deepEqual([challenge.status, challenge.body], ["200", "answer to the challenge\n"]);

  const commit = git(droplet.origin, "rev-parse", "HEAD").trim();
  const one = await droplet.ask(`deploy ${commit}`, stated(droplet));
  assert.equal(one.code, 0, one.log);
  const { status, body } = await get(`https://${HOST}/`, "--header", "X-Forwarded-For: 1.2.3.4");
  assert.equal(status, "200");
  const { version, secure, client } = JSON.parse(body);
  assert.deepEqual([version, secure, client], ["one", true, "127.0.0.1"]);
  assert.equal((await get(`https://${HOST}/missing`)).status, "404");

  let restarting = true;
  const again = droplet.ask(`deploy ${commit}`, stated(droplet)).finally(() => {
    restarting = false;
  });
  const seen = new Set<string>();
  let asked = 0;
  while (restarting) {
    seen.add((await get(`https://${HOST}/`)).status);
    asked++;
  }
  assert.equal((await again).code, 0, (await again).log);
  assert.deepEqual([...seen], ["200"], `of ${asked} answers`);

  // Another name: no certificate is shown for it.
  const other = await run("curl", [
    "--silent",
    "--insecure",
    "--connect-to",
    `other.example:443:127.0.0.1:${https}`,
    "https://other.example/",
  ]);
  assert.notEqual(other.code, 0);
});
