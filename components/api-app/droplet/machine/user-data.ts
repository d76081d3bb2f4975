import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import { files, type ServerFile } from "./files";
import type { ServerSettings } from "./settings";

const GIBIBYTE = 1024 ** 3;

/**
 * The user data of a droplet with Ubuntu 24.04, as `cloud-init` takes it: everything that makes it
 * a server of the app. It holds the private keys of the host and of the repository: a secret. The
 * same settings give the same text, well below DigitalOcean's 64 KiB.
 * https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/
 */
export function userData(settings: ServerSettings): string {
  const { host, hostKey } = settings;
  const config = {
    hostname: host.split(".")[0],
    fqdn: host,
    manage_etc_hosts: "localhost",
    disable_root: true,
    ssh_pwauth: false,
    ssh_keys: { ed25519_private: hostKey.privateKey, ed25519_public: hostKey.publicKey },
    users: [
      user("deploy", "Starts the deploy command", "/bin/sh", "/"),
      user("admin", "Looks after this droplet", "/bin/bash", "/home/admin"),
      user("app", "Runs the app", "/usr/sbin/nologin", "/var/lib/app"),
      user("do-agent", "Reports load, memory and disk", "/usr/sbin/nologin", "/"),
      user("build", "Builds the app", "/usr/sbin/nologin", "/var/cache/build"),
    ],
    swap: { filename: "/swap.img", size: GIBIBYTE },
    write_files: [...files(settings).filter(isFirst), packed(settings)].map(
      ({ path, content, permissions }) => ({
        path,
        permissions,
        encoding: "gz+b64",
        content: gzipSync(content, { level: 9 }).toString("base64"),
      }),
    ),
    runcmd: COMMANDS,
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/**
 * What says who may log in, before sshd starts; the others come in one piece, which packs better
 * than each by itself.
 */
const isFirst = ({ path }: ServerFile) => /^\/etc\/(ssh|sudoers\.d)\//.test(path);

const PACKED = "/var/lib/stagewright/files.json";

function packed(settings: ServerSettings): ServerFile {
  const others = files(settings).filter((file) => !isFirst(file));
  return { path: PACKED, content: JSON.stringify(others), permissions: "0600" };
}

const UNPACK = `
import json, os
for file in json.load(open("${PACKED}")):
    os.makedirs(os.path.dirname(file["path"]), exist_ok=True)
    with open(os.open(file["path"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
        target.write(file["content"])
    os.chmod(file["path"], int(file["permissions"], 8))
os.remove("${PACKED}")
`;

// A unit does the rest: it tries again where something fails, and goes on after a power loss.
const COMMANDS: string[][] = [
  ["python3", "-I", "-c", UNPACK],
  ["systemctl", "daemon-reload"],
  ["systemctl", "enable", "stagewright-setup.service"],
  ["systemctl", "start", "--no-block", "stagewright-setup.service"],
];

function user(name: string, gecos: string, shell: string, homedir: string) {
  return { name, gecos, shell, homedir, system: true, lock_passwd: true };
}
