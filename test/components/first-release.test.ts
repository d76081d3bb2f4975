import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";
import { tar } from "../../components/first-release/archive";
import { firstCommands, slugFile, slugPath } from "../../components/first-release/first-release";

const sources = path.join(path.dirname(slugFile), "app");

test("the committed archive is what its sources give", () => {
  const web = readFileSync(path.join(sources, "web.pl"));
  assert.ok(
    gunzipSync(readFileSync(slugFile)).equals(tar({ "./app/web.pl": web })),
    "run: npx tsx components/first-release/pack.ts",
  );
});

test("a standard tar unpacks it into app/", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "slug-"));
  try {
    execFileSync("tar", ["xzf", slugFile, "-C", folder]);
    assert.deepEqual(
      readFileSync(path.join(folder, "app", "web.pl")),
      readFileSync(path.join(sources, "web.pl")),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a path in the state is relative to the project's folder, wherever that is", () => {
  const root = path.join(__dirname, "../..");
  assert.equal(slugPath(root), "components/first-release/slug.tgz");
  assert.equal(slugPath(path.join(root, "systems/payslip")), "../../components/first-release/slug.tgz");
});

test("every process type gets a command, and only web listens", () => {
  assert.deepEqual(firstCommands(["web", "worker", "checksum-worker"]), {
    web: "perl web.pl",
    worker: "sleep infinity",
    "checksum-worker": "sleep infinity",
  });
});

test("the web process answers every request with 503 and stops when it is told to", async () => {
  const port = await freePort();
  const { command, args } = commandOf(firstCommands(["web"]).web);
  const web = spawn(command, args, { cwd: sources, env: { ...process.env, PORT: String(port) } });
  try {
    for (const address of ["/", "/api/info?x=1"]) {
      const response = await whenUp(web, `http://127.0.0.1:${port}${address}`);
      assert.equal(response.status, 503);
      assert.equal(await response.text(), "Nothing is deployed yet.\n");
    }
    const posted = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "a=b" });
    assert.equal(posted.status, 503);
    web.kill("SIGTERM");
    const [code] = await once(web, "exit");
    assert.equal(code, 0);
  } finally {
    web.kill("SIGKILL");
  }
});

test("the web process does not start without a port", () => {
  const { PORT: _, ...env } = process.env;
  assert.throws(
    () => execFileSync("perl", ["web.pl"], { cwd: sources, env, stdio: "pipe" }),
    /PORT is not set/,
  );
});

function commandOf(line = ""): { command: string; args: string[] } {
  const [command = "", ...args] = line.split(" ");
  return { command, args };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function whenUp(child: ChildProcess, url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
