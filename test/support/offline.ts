import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findEngine } from "../../stagewright/engine/find";
import { type Ended, run } from "./process";
import { ROOT, scratch } from "./projects";

// In a network of its own, with nothing in it but the loopback. Not every machine lets a user make
// one.
const ALONE = ["unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];

/**
 * A machine without a network and with an empty environment: processes that run in it reach the
 * loopback alone, and whatever else they try is written down. Node's processes are watched by
 * `no-network.js`. The engine is a Go program: it tells of each name that it asks for, and is told
 * to go through a proxy, so that an address counts as well. Where the system lets a user cut the
 * network, it is cut too.
 */
export class Offline {
  readonly #dir = scratch();
  readonly #attempts = path.join(this.#dir, "node.txt");
  readonly #engine = path.join(this.#dir, "engine.txt");
  readonly #alone = spawnSync(ALONE[0] ?? "", [...ALONE.slice(1), "true"]).status === 0 ? ALONE : [];

  /** Puts the engine on the PATH in such a way that it tells what it asks the network. */
  async prepare(): Promise<this> {
    const { pulumi } = await findEngine();
    const script = `#!/bin/sh\nGODEBUG=netdns=2 exec "${pulumi}" "$@" 2>>"${this.#engine}"\n`; // https://pkg.go.dev/net#hdr-Name_Resolution
    writeFileSync(path.join(this.#dir, "pulumi"), script, { mode: 0o755 });
    return this;
  }

  /**
   * Runs a program to its end.
   * @param env what is in its environment beside the means of watching
   */
  run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const [first = "", ...rest] = [...this.#alone, command, ...args];
    return run(first, rest, {
      cwd,
      env: {
        ...env,
        PATH: `${this.#dir}${path.delimiter}${process.env.PATH}`,
        NODE_OPTIONS: `--require=${path.join(ROOT, "test/support/no-network.js")}`,
        NETWORK_ATTEMPTS: this.#attempts,
        HTTP_PROXY: "http://proxy.invalid:9",
        HTTPS_PROXY: "http://proxy.invalid:9",
        STAGEWRIGHT_CACHE: path.join(this.#dir, "cache"),
      },
    });
  }

  /** What was tried, in order: `connect 192.0.2.1:443`, `engine proxy.invalid`. */
  attempts(): string[] {
    const asked = read(this.#engine).matchAll(/hostLookupOrder\((?!localhost\))([^)]*)\)/g);
    return [
      ...read(this.#attempts).split("\n").filter(Boolean),
      ...[...asked].map(([, name]) => `engine ${name}`),
    ];
  }
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
