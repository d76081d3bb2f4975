import { readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { isExecutable, programIn } from "../host/executables";
import { withLock } from "../host/lock";
import { type Progress, reporting } from "../host/progress";
import { run } from "../host/run";
import { withScratch } from "../host/scratch";
import { ENGINE_VERSION } from "./version";

/**
 * The installer of the official CLI from the npm package `pulumi`; its two outward calls can be
 * replaced.
 */
interface Installer {
  installCLI(
    version: string,
    root: string,
    io: { fetchText: FetchText; execScript: (script: string, args: string[]) => void },
  ): Promise<void>;
}

type FetchText = (url: string) => Promise<string>;

const REACH_MS = 3_000;
const INSTALL_MS = 15 * 60_000;

/**
 * The official installation's folder, shared by the npm package `pulumi` and the Automation API.
 */
function officialDirectory(env: NodeJS.ProcessEnv): string {
  return join(env.PULUMI_HOME || join(env.HOME || homedir(), ".pulumi"), "versions", ENGINE_VERSION);
}

/** The path of the CLI in the official installation, installed or not. */
export function officialCli(env: NodeJS.ProcessEnv): string {
  return programIn(join(officialDirectory(env), "bin"), "pulumi");
}

/**
 * Installs the official CLI with the vendor's own install script, quietly and atomically: it is
 * installed into a sibling folder, which is then renamed. The network counts as closed if the
 * script does not arrive within three seconds.
 *
 * @throws Error with the reason if the script or its download cannot be reached
 */
export async function download(
  env: NodeJS.ProcessEnv,
  progress: Progress,
  fetchText: FetchText = fetchSoon,
): Promise<void> {
  const target = officialDirectory(env);
  const partial = `${target}.partial`;
  const script = await installScript(partial, fetchText);
  const waiting = (holder: string) =>
    progress(`waiting for ${holder}, which downloads Pulumi ${ENGINE_VERSION}`);
  await withLock(`${target}.lock`, waiting, async () => {
    if (isExecutable(officialCli(env))) return;
    await withScratch(partial, async () => {
      const { code, output } = await reporting(progress, `downloading Pulumi ${ENGINE_VERSION}`, () =>
        run("/bin/sh", ["-s", "--", ...script.args], { env, input: script.text, timeoutMs: INSTALL_MS }),
      );
      const made = isExecutable(programIn(join(partial, "bin"), "pulumi"));
      if (code !== 0 || !made)
        throw new Error(output.trim().split("\n").at(-1) || "the install script failed");
      rmSync(target, { recursive: true, force: true });
      renameSync(partial, target);
    });
  });
}

/** Whether the vendor's install script can be fetched; false after three seconds. */
export async function officialReachable(): Promise<boolean> {
  return installScript("", fetchSoon).then(
    () => true,
    () => false,
  );
}

// The installer runs its script in the foreground and blocks, so it only provides the script.
async function installScript(root: string, fetchText: FetchText): Promise<{ text: string; args: string[] }> {
  const { installCLI } = require("pulumi/lib/download") as Installer;
  let script = { text: "", args: [] as string[] };
  await installCLI(ENGINE_VERSION, root, {
    fetchText,
    execScript: (file, args) => {
      script = { text: readFileSync(file, "utf8"), args };
    },
  });
  return script;
}

async function fetchSoon(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(REACH_MS) });
    if (response.ok) return await response.text();
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    const { cause } = error as { cause?: NodeJS.ErrnoException };
    throw new Error(`${new URL(url).host}: ${cause?.code ?? (error as Error).message}`);
  }
}
