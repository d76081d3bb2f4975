import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { madeOnce, must } from "./cached";

/** A program of Debian's, and what else it needs where it is not installed. */
const PROGRAMS = {
  nginx: { file: "usr/sbin/nginx", packages: ["nginx", "libpcre2-8-0"] },
  sshd: { file: "usr/sbin/sshd", packages: ["openssh-server", "libwrap0"] },
  "ssh-keygen": { file: "usr/bin/ssh-keygen", packages: ["openssh-client"] },
  visudo: { file: "usr/sbin/visudo", packages: ["sudo"] },
  mmdebstrap: { file: "usr/bin/mmdebstrap", packages: ["mmdebstrap"] },
  "systemd-nspawn": { file: "usr/bin/systemd-nspawn", packages: ["systemd-container", "libsystemd-shared"] },
  "systemd-analyze": { file: "usr/bin/systemd-analyze", packages: ["systemd", "libsystemd-shared"] },
} as const;

/** Where a program is, and what its process needs in its environment. */
export interface Program {
  path: string;
  env: Record<string, string>;
}

/**
 * A program of this machine; where it has none, Debian's, which is fetched by apt and unpacked into
 * the cache: nothing is installed, no service is started, nobody has to be root.
 */
export async function program(name: keyof typeof PROGRAMS): Promise<Program> {
  const { file, packages } = PROGRAMS[name];
  const installed = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"]
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
  if (installed !== undefined) return { path: installed, env: {} };
  const root = await unpacked(name, packages);
  const libraries = ["usr/lib", "usr/libexec", "lib"].flatMap((folder) =>
    librariesBelow(path.join(root, folder)),
  );
  return { path: path.join(root, file), env: { LD_LIBRARY_PATH: libraries.join(":") } };
}

function unpacked(name: string, packages: readonly string[]): Promise<string> {
  return madeOnce(`debian/${name}`, [], (made, scratch) => fetch(name, packages, scratch, made));
}

/** The JSON Schema by which `cloud-init schema` judges user data. */
export async function cloudConfigSchema(): Promise<string> {
  const schema = "usr/lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json";
  return path.join(await unpacked("cloud-init", ["cloud-init"]), schema);
}

async function fetch(
  name: string,
  packages: readonly string[],
  scratch: string,
  folder: string,
): Promise<void> {
  // With lists and a cache of its own: those of the machine are root's.
  const lists = path.join(scratch, "lists");
  mkdirSync(path.join(lists, "partial"), { recursive: true });
  mkdirSync(path.join(scratch, "cache/archives/partial"), { recursive: true });
  const apt = ["-o", `Dir::State::Lists=${lists}`, "-o", `Dir::Cache=${scratch}/cache`, "--quiet"];
  const need = `the tests of droplets need ${name}: install it, or have apt-get fetch Debian's ${packages.join(", ")}`;
  const here = { cwd: scratch };
  await must(need, "apt-get", [...apt, "update"], here);
  await must(need, "apt-get", [...apt, "download", ...packages], here);
  for (const file of readdirSync(scratch).filter((each) => each.endsWith(".deb")))
    await must(need, "dpkg-deb", ["--extract", file, folder], here);
}

// A library may lie a folder deeper, named after the machine or its package.
function librariesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => /\.so(\.|$)/.test(entry.name))
    .map((entry) => entry.parentPath)
    .filter((each, index, all) => all.indexOf(each) === index);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
