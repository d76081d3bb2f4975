import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { cleanUp } from "../../support/cleanup";
import { scratch } from "../../support/projects";
import { type Booted, holds } from "./boot";
import { firstBoot, ready, settingsIn } from "./machine";

test("a set-up in which packages cannot be fetched says so and tries again; ready comes with the last step", async () => {
  const folder = scratch();
  const nothing = path.join(folder, "nothing");
  mkdirSync(nothing);
  const archives = "/var/cache/apt/archives";
  const droplet = await firstBoot(path.join(folder, "droplet"), settingsIn(folder), { [archives]: nothing });
  cleanUp(() => droplet.cutPower());
  const state = (file: string) => path.join(droplet.root, "var/lib/stagewright", file);
  await holds(() => existsSync(state("setup.json")), "failure", undefined, 600);
  const early = await droplet.run("stagewright-deploy", "status");
  const { error, again } = JSON.parse(early.stdout) as { error: string; again: boolean };
  assert.match(
    error,
    /^The set-up of the droplet fails at 'packages' and is tried again every 30 seconds: certbot, git/,
  );
  assert.ok(again && !existsSync(state("ready")));

  await droplet.run("umount", archives);
  await ready(droplet);
  for (const unit of ["nginx", "nftables", "ssh", "stagewright-watch.timer", "stagewright-restart.timer"])
    assert.equal((await droplet.run("systemctl", "is-active", unit)).stdout, "active\n", unit);
  assert.notEqual((await droplet.run("systemctl", "is-active", "rsyslog")).stdout, "active\n");
  // It does not run in a container, which has the time of this machine.
  assert.equal((await droplet.run("systemctl", "is-enabled", "systemd-timesyncd")).stdout, "enabled\n");
  await keysAreRoots(droplet);
  await sshdIsClosed(droplet);
});

/**
 * Nobody but root, and the agent with its own user, reaches what tells the user data; no copy of it
 * is left.
 */
async function keysAreRoots({ run }: Booted): Promise<void> {
  await run("ip", "address", "add", "169.254.169.254/32", "dev", "lo");
  const server = ["python3", "-m", "http.server", "8080", "--bind", "169.254.169.254", "--directory", "/srv"];
  await run("systemd-run", "--unit=metadata", ...server);
  const asks = async (user: string) => {
    const curl = ["curl", "--silent", "--max-time", "10", "http://169.254.169.254:8080/"];
    return (await run("setpriv", `--reuid=${user}`, "--clear-groups", ...curl)).code === 0;
  };
  await holds(() => asks("root"), "metadata service");
  assert.ok(await asks("do-agent"));
  for (const user of ["nobody", "app", "build", "deploy", "www-data"]) assert.ok(!(await asks(user)), user);
  const { stdout } = await run(
    "grep",
    "-rl",
    "PRIVATE KEY",
    "/var/lib/cloud/instances",
    "/run/cloud-init",
    "/var/lib/stagewright",
    "/var/log",
  );
  assert.equal(stdout, "");
}

/** Keys alone, the deploy command alone. */
async function sshdIsClosed({ run }: Booted): Promise<void> {
  const effective = async (user: string) =>
    (await run("/usr/sbin/sshd", "-T", "-C", `user=${user},host=x,addr=127.0.0.1`)).stdout
      .toLowerCase()
      .split("\n");
  const deploy = await effective("deploy");
  for (const line of [
    ...["permitrootlogin no", "passwordauthentication no", "kbdinteractiveauthentication no"],
    ...["authenticationmethods publickey", "disableforwarding yes", "permittty no"],
    ...["allowusers deploy", "allowusers admin", "persourcemaxstartups 5"],
    "forcecommand sudo --non-interactive /usr/local/sbin/stagewright-deploy",
  ])
    assert.ok(deploy.includes(line), line);
  assert.ok((await effective("admin")).includes("forcecommand none"));
}
