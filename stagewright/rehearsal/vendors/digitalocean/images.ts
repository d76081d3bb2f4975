/**
 * https://docs.digitalocean.com/products/droplets/details/images/: the slugs of the available
 * distributions (October 2026).
 */
export const dropletImages = [
  "ubuntu-26-04-x64",
  "ubuntu-24-04-x64",
  "ubuntu-22-04-x64",
  "debian-13-x64",
  "fedora-44-x64",
  "fedora-43-x64",
  "centos-stream-10-x64",
  "centos-stream-9-x64",
  "almalinux-10-x64",
  "almalinux-9-x64",
  "almalinux-8-x64",
  "rockylinux-10-x64",
  "rockylinux-9-x64",
  "rockylinux-8-x64",
] as const;
