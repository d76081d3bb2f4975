import { execFileSync } from "node:child_process";

/** Why this machine cannot boot another one in namespaces of its own; `undefined` where it can. */
export function whyNoBoot(): string | undefined {
  if (process.platform !== "linux") return "systemd runs on Linux alone";
  if (process.geteuid?.() !== 0) return "only root can boot a machine in namespaces";
  const folders = "mount -t tmpfs none /mnt && mkdir /mnt/a /mnt/b /mnt/c /mnt/d";
  const overlay = "mount -t overlay overlay -o lowerdir=/mnt/a,upperdir=/mnt/b,workdir=/mnt/c /mnt/d";
  const namespaces = ["--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--fork"];
  try {
    execFileSync("unshare", [...namespaces, "sh", "-c", `${folders} && ${overlay}`], { stdio: "pipe" });
  } catch (error) {
    return `this machine gives its programs no namespaces or overlays: ${String(error).trim()}`;
  }
  return undefined;
}
