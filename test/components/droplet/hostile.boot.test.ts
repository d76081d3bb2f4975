import assert from "node:assert/strict";
import { test } from "vitest";
import { git } from "../../release/deploys/checkout";
import { change, machine, stated } from "./machine";

/** Names that root's part of a deploy starts, or could look for. */
const PLANTED = [
  ...["bash", "sh", "env", "setpriv", "sudo", "git", "ssh", "tar", "uv", "chown", "chmod", "ss", "nginx"],
  ...["systemctl", "systemd-run", "journalctl", "flock", "rm", "cat"],
];

// It plants a program under each name wherever the build may write. Each says who started it.
const PLANT = `#!/bin/sh
for folder in "$VIRTUAL_ENV/bin" "$PWD" "$PWD/bin" "$HOME" "$HOME/bin" "$HOME/.local/bin"; do
  /bin/mkdir -p "$folder"
  for name in ${PLANTED.join(" ")}; do
    [ -e "$folder/$name" ] && continue
    printf '#!/bin/sh\\n/usr/bin/touch /var/tmp/ran-as-$(/usr/bin/id -u) /var/cache/build/ran-as-$(/usr/bin/id -u)\\nexit 0\\n' >"$folder/$name"
    /bin/chmod 755 "$folder/$name"
  done
done
/bin/mkdir -p "$HOME/.config/git" "$HOME/.config/uv"
echo 'import os; os.system("/usr/bin/touch /var/tmp/ran-as-" + str(os.getuid()))' >"$PWD/sitecustomize.py"
/usr/bin/printf '[core]\\n\\tfsmonitor = "/usr/bin/touch /var/tmp/ran-as-0"\\n' >"$HOME/.config/git/config"
/usr/bin/nohup /bin/sleep 600 >/dev/null 2>&1 &
`;

test("what a build plants never runs as root, and what it leaves running ends with it", async () => {
  const droplet = await machine();
  const commit = change(droplet.origin, { "plant.sh": PLANT });
  const body = stated(droplet, { staticFiles: "/bin/sh plant.sh" });
  for (const request of [`deploy ${commit}`, "run verify", `deploy ${commit}`, "restore 1", "status"]) {
    const { code, log } = await droplet.ask(request, request.startsWith("deploy") ? body : {});
    assert.equal(code, 0, log);
  }
  const found = await droplet.run("find", "/", "-xdev", "-name", "ran-as-*");
  assert.ok(!found.stdout.includes("ran-as-0"), found.stdout);
  const left = await droplet.run("ps", "-u", "build", "-o", "args=");
  assert.equal(left.stdout, "");
  const roots = await droplet.run("find", "/var/cache/build", "!", "-user", "build");
  assert.equal(roots.stdout, "", "root writes nothing where builds own");
  const owned = await droplet.run(
    "sh",
    "-c",
    "find /srv/app /opt/python /var/cache/stagewright -user build -o -user app | grep -v environment.json",
  );
  assert.equal(owned.stdout, "", "what runs belongs to root");
});

test("a variable that would decide what is started is refused, and the key of the repository is root's", async () => {
  const droplet = await machine();
  const head = git(droplet.origin, "rev-parse", "dev").trim();
  for (const name of ["PATH", "BASH_ENV", "LD_PRELOAD", "LISTEN_FDS"]) {
    const { answer } = await droplet.ask(
      `deploy ${head}`,
      stated(droplet, { variables: { [name]: "/tmp" } }),
    );
    assert.match(answer.error ?? "", new RegExp(`'variables\\.${name}' is the droplet's own to set$`));
  }
  for (const user of ["app", "build", "deploy", "nobody"]) {
    const { code } = await droplet.run(
      "setpriv",
      `--reuid=${user}`,
      "--clear-groups",
      "cat",
      "/etc/stagewright/repository-key",
    );
    assert.notEqual(code, 0);
  }
});

test("one answer for whatever goes wrong: a large body, a NUL, a full disk, a missing program", async () => {
  const droplet = await machine();
  const head = git(droplet.origin, "rev-parse", "dev").trim();
  const variables = (value: string) =>
    stated(droplet, { variables: { ...JSON.parse(droplet.secrets.APP_ENVIRONMENT ?? ""), A: value } });
  const says = async (body: unknown, why: RegExp) => {
    const { code, answer } = await droplet.ask(`deploy ${head}`, body);
    assert.equal(code, 1);
    assert.match(answer.error ?? "", why);
  };
  await says(variables("x".repeat(2_000_000)), /is larger than 1000000 bytes$/);
  await says(
    variables("x".repeat(300_000)),
    /'variables\.A' has 300002 bytes with its name: Linux takes at most 131071$/,
  );
  await says(variables("a\0b"), /'variables\.A' holds a NUL/);
  await droplet.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/srv/app/releases");
  await says(stated(droplet), /disk|No space left on device/);
  await droplet.run("umount", "/srv/app/releases");
  await droplet.run("mv", "/usr/bin/git", "/usr/bin/git.away");
  await says(stated(droplet), /^\/usr\/bin\/git is missing on the droplet/);
  await droplet.run("mv", "/usr/bin/git.away", "/usr/bin/git");
  const { code, log } = await droplet.ask(`deploy ${head}`, stated(droplet));
  assert.equal(code, 0, log);
});
