import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { CloudStore } from "../../stagewright/rehearsal/store";
import { Offline } from "../support/offline";
import { ROOT, scratch } from "../support/projects";
import { Repository } from "./repository";

// With an empty environment and no network all of it works, and a secret's value appears in no
// output.

const PLANTED = ["p1anted-in-the-config", "p1anted-in-the-cloud"] as const;

test("review, rehearsals, report, policy and drift need neither a network nor an environment, and show no secret", async () => {
  const offline = await new Offline().prepare();
  const repository = new Repository();
  const text = readFileSync(path.join(ROOT, "Pulumi.staging.yaml"), "utf8");
  repository.write(
    "Pulumi.staging.yaml",
    text.replace("config:", `config:\n  dandi:herokuDeployToken: ${PLANTED[0]}`),
  );
  repository.commit();
  repository.write(
    "Pulumi.yaml",
    readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8").replace("quantity: 3", "quantity: 4"),
  );

  const out = scratch();
  const cloud = path.join(out, "cloud.db");
  const said: string[] = [];
  const stagewright = async (status: number, ...args: string[]) => {
    const command = [path.join(repository.dir, "stagewright/cli/stagewright.js"), ...args];
    const ended = await offline.run(process.execPath, command, repository.dir);
    assert.equal(ended.status, status, `${args.join(" ")}: ${ended.output}`);
    said.push(ended.output);
    return ended.stdout;
  };
  const staging = ["--stack", "staging", "--cloud", cloud];
  assert.match(
    await stagewright(0, "review", "--stack", "staging", "--base", "HEAD"),
    /^Updates 1 resource\.\n/,
  );
  await stagewright(0, "rehearse", "up", ...staging);
  plant(cloud);
  assert.match(await stagewright(1, "drift", ...staging), /The secret DJANGO_SECRET_KEY of api changes\./);
  await stagewright(0, "rehearse", "preview", ...staging);
  await stagewright(0, "report", "--out", out, "--cloud", cloud);
  await stagewright(0, "policy", "--stack", "production", "--dir", "systems/upendo");

  assert.deepEqual(offline.attempts(), []);
  said.push(readFileSync(path.join(out, "index.html"), "utf8"));
  for (const value of PLANTED) assert.ok(!said.join("\n").includes(value), value);
});

function plant(file: string): void {
  const cloud = new CloudStore(file);
  const app = cloud.all().find(({ type }) => type === "heroku:app/app:App");
  assert.ok(app);
  const { sensitiveConfigVars } = app.properties as { sensitiveConfigVars: object };
  app.properties.sensitiveConfigVars = { ...sensitiveConfigVars, DJANGO_SECRET_KEY: PLANTED[1] };
  cloud.put(app);
  cloud.close();
}

test("whatever tries to reach a network is refused and told", async () => {
  const offline = await new Offline().prepare();
  const script = `
    const [net, dns, dgram] = [require("net"), require("dns"), require("dgram")];
    net.connect(443, "192.0.2.1").on("error", () => {});
    dns.lookup("lookup.invalid", () => {});
    dns.promises.resolve("resolve.invalid").catch(() => {});
    try { dgram.createSocket("udp4").send("x", 53, "192.0.2.1"); } catch {}
    fetch("https://fetch.invalid").catch(() => {});
    require("child_process").execFileSync(process.execPath, ["-e", "require('net').connect(1, 'child.invalid').on('error', () => {})"]);`;
  const node = await offline.run(process.execPath, ["-e", script], scratch());
  assert.equal(node.status, 0, node.output);
  const home = scratch();
  const env = { PULUMI_HOME: home, PULUMI_ACCESS_TOKEN: "none", PULUMI_SKIP_UPDATE_CHECK: "true" };
  const engine = await offline.run("pulumi", ["login", "https://cloud.invalid"], home, env);
  assert.notEqual(engine.status, 0, engine.output);
  assert.deepEqual([...new Set(offline.attempts())].sort(), [
    "connect 192.0.2.1:443",
    "connect child.invalid:1",
    "connect fetch.invalid:443",
    "datagram send",
    "engine proxy.invalid",
    "lookup lookup.invalid",
    "resolve resolve.invalid",
  ]);
});
