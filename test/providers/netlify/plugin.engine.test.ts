import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "vitest";

const ENTRY = path.resolve(__dirname, "../../../providers/netlify/start.js");
// Starts the plugin as an engine does, passes on what it prints, and lives until it is killed.
const ENGINE = `
  const { spawn } = require("node:child_process");
  const plugin = spawn(process.execPath, [${JSON.stringify(ENTRY)}], { stdio: ["ignore", "inherit", "inherit"] });
  plugin.on("spawn", () => console.log("pid " + plugin.pid));
`;

test("the plugin prints its port, serves on the loopback, and ends with its engine", async (t) => {
  const engine = spawn(process.execPath, ["-e", ENGINE], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const pid = () => Number(lines.find((line) => line.startsWith("pid "))?.slice(4));
  const port = () => Number(lines.find((line) => /^\d+$/.test(line)));
  t.onTestFinished(() => void engine.kill("SIGKILL"));
  for await (const line of createInterface({ input: engine.stdout })) {
    lines.push(line);
    if (pid() && port()) break;
  }
  assert.equal(await answers(port()), true);
  process.kill(pid(), "SIGINT"); // Ctrl-C reaches the plugin too, and must not end it within a call
  assert.equal(await answers(port()), true);
  engine.kill("SIGKILL");
  await until(async () => !(await answers(port())));
});

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, "it did not happen within 20 s");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
