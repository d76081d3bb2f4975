import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGES } from "../../../components/api-app/droplet/machine/packages";
import { run } from "../../../stagewright/host/run";
import { madeOnce, must } from "../../support/cached";
import { program } from "../../support/debian";
import { ROOT } from "../../support/projects";

const UV = path.join(ROOT, "components/api-app/droplet/machine/root/usr/local/lib/stagewright/uv.txt");
const APP = path.join(__dirname, "app/requirements.txt");
const NEED = "the tests of droplets need a root of Debian";
const PYTHON = "3.11";

/** What a cloud's image has, as far as a droplet relies on it. */
const BASE = [
  ...["systemd", "systemd-sysv", "systemd-timesyncd", "dbus", "cloud-init", "openssh-server", "sudo"],
  ...["python3", "ca-certificates", "iproute2", "curl", "procps", "rsyslog", "openssl"],
];

/**
 * A root of Debian 12 as a cloud's image is: systemd and cloud-init, not yet what the user data
 * installs. That lies beside it, as apt's and pip's own archives, so that a droplet is set up
 * without the net. Debian's systemd, sshd, nginx, Python and git are a little older than those of
 * Ubuntu 24.04.
 */
export function image(): Promise<string> {
  return madeOnce("droplet/image", [__filename, UV, APP], async (made, scratch) => {
    const root = path.join(made, "root");
    const { path: mmdebstrap, env } = await program("mmdebstrap");
    await must(NEED, "env", [
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...[mmdebstrap, "--quiet", "--variant=apt", `--include=${BASE.join(",")}`],
      // The lists and the archives stay: they are the droplet's net.
      ...["--skip=cleanup/apt/lists,cleanup/apt/cache"],
      `--customize-hook=chroot "$1" apt-get install --download-only --yes --quiet ${PACKAGES.join(" ")}`,
      ...["bookworm", root],
    ]);
    mkdirSync(path.join(root, "opt/wheels"), { recursive: true });
    for (const file of [UV, APP])
      await must(NEED, "python3", [
        ...["-m", "pip", "download", "--quiet", "--require-hashes", "--only-binary", ":all:"],
        ...["--python-version", PYTHON, "--dest", path.join(root, "opt/wheels"), "--requirement", file],
      ]);
    await pythonArchive(root, scratch);
    settle(root);
  });
}

/**
 * Debian's own Python in the form in which uv gets one from its makers, with the list that says
 * where it is and what its checksum is: uv downloads, checks and unpacks it as any other.
 */
async function pythonArchive(root: string, scratch: string): Promise<void> {
  const python = path.join(scratch, "python");
  for (const folder of ["bin", "lib"]) mkdirSync(path.join(python, folder), { recursive: true });
  for (const file of [`bin/python${PYTHON}`, `lib/python${PYTHON}`])
    cpSync(path.join(root, "usr", file), path.join(python, file), {
      recursive: true,
      verbatimSymlinks: true,
      // It leads to /etc, and uv unpacks nothing that leads out of its folder.
      filter: (each) => !each.endsWith("/sitecustomize.py"),
    });
  const { stdout } = await run("chroot", [root, `/usr/bin/python${PYTHON}`, "--version"]);
  const [, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
  const archive = path.join(root, "opt/python.tar.gz");
  await must(NEED, "tar", ["--create", "--gzip", "--file", archive, "--directory", scratch, "python"]);
  const list = {
    [`cpython-${major}.${minor}.${patch}-linux-x86_64-gnu`]: {
      ...{ name: "cpython", arch: { family: "x86_64", variant: null }, os: "linux", libc: "gnu" },
      ...{ major, minor, patch, prerelease: "", variant: null, build: "1" },
      url: "file:///opt/python.tar.gz",
      sha256: createHash("sha256").update(readFileSync(archive)).digest("hex"),
    },
  };
  writeFileSync(path.join(root, "opt/pythons.json"), JSON.stringify(list));
}

/** Leaves nothing of this machine in it, and looks for user data where a test puts it. */
function settle(root: string): void {
  writeFileSync(path.join(root, "etc/pip.conf"), "[global]\nno-index = true\nfind-links = /opt/wheels\n");
  for (const name of readdirSync(path.join(root, "etc/ssh")).filter((each) => each.startsWith("ssh_host_")))
    rmSync(path.join(root, "etc/ssh", name));
  writeFileSync(
    path.join(root, "etc/cloud/cloud.cfg.d/99-test.cfg"),
    "datasource_list: [NoCloud, None]\nlocale: false\npreserve_hostname: false\n",
  );
}
