/** Ubuntu's own: nginx, certbot and what the deploy command calls. */
export const PACKAGES = [
  "certbot",
  "git",
  "jq",
  "nftables",
  "nginx",
  "openssl",
  "python3-venv",
  "systemd-timesyncd",
  "unattended-upgrades",
];
