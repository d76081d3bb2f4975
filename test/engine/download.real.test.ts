import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "vitest";
import { download, officialCli } from "../../stagewright/engine/download";
import { findEngine } from "../../stagewright/engine/find";
import { machine } from "./machine";

const real = () => machine({ PATH: "/usr/bin:/bin" });
const versions = (env: NodeJS.ProcessEnv) => dirname(dirname(dirname(officialCli(env))));
const silent = () => {};

// In the place of the vendor's script: takes the same arguments.
const INSTALL = `
while [ $# -gt 0 ]; do case $1 in --install-root) root=$2; shift;; --version) version=$2; shift;; esac; shift; done
mkdir -p "$root/bin"
echo "#!/bin/sh" > "$root/bin/pulumi"; chmod +x "$root/bin/pulumi"
cp "$root/bin/pulumi" "$root/bin/pulumi-language-nodejs"
echo "noise of $version"
`;

test("the official CLI is installed by its own script, quietly, where the npm package looks for it", async () => {
  const { env } = real();
  const lines: string[] = [];
  await download(
    env,
    (line) => lines.push(line),
    async () => INSTALL,
  );
  const engine = await findEngine({ env: { ...env, STAGEWRIGHT_ENGINE: "downloaded" } });
  assert.deepEqual(
    [engine.pulumi, engine.origin, engine.nodeHost],
    [officialCli(env), "installed", "bundled"],
  );
  assert.deepEqual(lines, ["downloading Pulumi 3.259.0"]);
  assert.deepEqual(readdirSync(versions(env)), ["3.259.0"]);
});

test("an installation that fails half-way leaves nothing behind and says the script's last line", async () => {
  const { env } = real();
  const failing = `${INSTALL}\necho "error: no space left" >&2; exit 1`;
  await assert.rejects(
    download(env, silent, async () => failing),
    /^Error: error: no space left$/,
  );
  assert.deepEqual(readdirSync(versions(env)), []);
});

test("a network that is closed is an error before anything is made", async () => {
  const { env, home } = real();
  const closed = async () => Promise.reject(new Error("ENOTFOUND"));
  await assert.rejects(download(env, silent, closed), /ENOTFOUND/);
  assert.equal(existsSync(join(home, ".pulumi")), false);
});
