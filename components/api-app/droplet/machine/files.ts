import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGES } from "./packages";
import type { ServerSettings } from "./settings";

/** A file of the droplet, root's. */
export interface ServerFile {
  /** Absolute path there. */
  path: string;
  content: string;
  /** As `chmod` takes it. */
  permissions: string;
}

/** What a droplet gets as it stands, each file at its path there. */
const ROOT = path.join(__dirname, "root");

/** All files of a droplet that are no package's. */
export function files(settings: ServerSettings): ServerFile[] {
  return [...standing(settings), ...particular(settings)];
}

function standing({ host, rebootAt, monitoring }: ServerSettings): ServerFile[] {
  const values: Record<string, string> = {
    HOST: host,
    REBOOT_AT: rebootAt,
    // Its agent asks who it is; a drop-in of its unit gives it a user of its own.
    METADATA_USERS: monitoring ? "root, do-agent" : "root",
  };
  return readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[/\\](__pycache__|\..*_cache)([/\\]|$)/.test(entry.parentPath))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const text = readFileSync(file, "utf8");
      return {
        path: `/${path.relative(ROOT, file)}`,
        content: text.replace(/@([A-Z_]+)@/g, (mark, name: string) => values[name] ?? mark),
        permissions: file.includes("/sudoers.d/") ? "0440" : text.startsWith("#!") ? "0755" : "0644",
      };
    });
}

function particular(settings: ServerSettings): ServerFile[] {
  const { host, repository, python, contact, deployKey, administrators, repositoryKey } = settings;
  const packages = [...new Set([...PACKAGES, ...settings.packages])].sort();
  const server = { host, repository: `git@github.com:${repository}.git`, python, contact, packages };
  const secret = "0600";
  const readable = "0644";
  return [
    file("/etc/stagewright/server.json", `${JSON.stringify(server, undefined, 2)}\n`, readable),
    file("/etc/stagewright/repository-key", ended(repositoryKey), secret),
    file("/etc/ssh/authorized_keys/deploy", `restrict ${ended(deployKey)}`, readable),
    file("/etc/ssh/authorized_keys/admin", administrators.map(ended).join(""), readable),
  ];
}

function file(path: string, content: string, permissions: string): ServerFile {
  return { path, content, permissions };
}

function ended(line: string): string {
  return `${line.trimEnd()}\n`;
}
