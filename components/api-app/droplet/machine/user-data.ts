import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import { files } from "./files";
import type { ServerSettings } from "./settings";

const LIBRARY = "/usr/local/lib/stagewright";
const GIBIBYTE = 1024 ** 3;

/** Ubuntu's own: nginx, certbot and what the deploy command calls. */
const PACKAGES = [
  "certbot",
  "git",
  "jq",
  "nftables",
  "nginx",
  "openssl",
  "python3-venv",
  "unattended-upgrades",
];

/**
 * The user data of a droplet with Ubuntu 24.04, as `cloud-init` takes it: everything that makes it a server of the app. It holds
 * the private keys of the host and of the repository: a secret. The same settings give the same text, well below DigitalOcean's
 * 64 KiB. https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/
 */
export function userData(settings: ServerSettings): string {
  const { host, hostKey, packages } = settings;
  const config = {
    hostname: host.split(".")[0],
    fqdn: host,
    disable_root: true,
    ssh_pwauth: false,
    ssh_keys: { ed25519_private: hostKey.privateKey, ed25519_public: hostKey.publicKey },
    users: [
      user("deploy", "Starts the deploy command", "/bin/sh", "/"),
      user("admin", "Looks after this droplet", "/bin/bash", "/home/admin"),
      user("app", "Runs the app", "/usr/sbin/nologin", "/var/lib/app"),
      user("build", "Builds the app", "/usr/sbin/nologin", "/var/cache/stagewright"),
    ],
    swap: { filename: "/swap.img", size: GIBIBYTE },
    package_update: true,
    package_upgrade: true,
    packages: [...new Set([...PACKAGES, ...packages])].sort(),
    write_files: files(settings).map(({ path, content, permissions }) => ({
      path,
      permissions,
      encoding: "gz+b64",
      content: gzipSync(content, { level: 9 }).toString("base64"),
      // After the packages: nginx would not start with this configuration before it has a certificate.
      defer: true,
    })),
    runcmd: COMMANDS,
  };
  return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

// In this order: what keeps people out first.
const COMMANDS: string[][] = [
  ["systemctl", "restart", "ssh"],
  ["systemctl", "enable", "nftables"],
  ["systemctl", "restart", "nftables"],
  ["install", "-d", "-m", "0755", "/srv/app", "/srv/app/releases", "/var/lib/stagewright", "/var/www/acme"],
  ["install", "-d", "-m", "0750", "-o", "admin", "-g", "admin", "/home/admin"],
  ["install", "-d", "-m", "0750", "-o", "app", "-g", "app", "/var/lib/app"],
  ["install", "-d", "-m", "0750", "-o", "build", "-g", "build", "/var/cache/stagewright"],
  ["python3", "-m", "venv", `${LIBRARY}/tools`],
  [
    `${LIBRARY}/tools/bin/pip`,
    "install",
    "--quiet",
    "--require-hashes",
    "--requirement",
    `${LIBRARY}/uv.txt`,
  ],
  [`${LIBRARY}/self-signed`],
  ["rm", "-f", "/etc/nginx/sites-enabled/default"],
  ["systemctl", "daemon-reload"],
  ["systemctl", "restart", "nginx"],
  ["systemctl", "enable", "--now", "stagewright-certificate.timer"],
  // The deploy command waits for this.
  ["touch", "/var/lib/stagewright/ready"],
];

function user(name: string, gecos: string, shell: string, homedir: string) {
  return { name, gecos, shell, homedir, system: true, lock_passwd: true };
}
