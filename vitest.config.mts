import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { whyNoBoot } from "./test/support/bootable.mts";

// Node loads what is tested, as it does for the command: see test/support/runner.ts.
const native = {
  runner: "./test/support/runner.ts",
  pool: "forks" as const,
  execArgv: ["--require", "./stagewright/typescript.js"],
  env: { NO_COLOR: "1" }, // what commands print is compared as text, also where CI would have colours
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

// Machines in namespaces of their own, each with its systemd.
const why = whyNoBoot();
if (why) console.log(`not run: the tests of booted droplets (${why})`);
const droplet = { test: { ...native, name: "droplet", include: ["test/**/*.boot.test.ts"] } };

const engine = { globalSetup: "./test/support/find-engine.ts" };

export default defineConfig({
  test: {
    // One more than there are processors: a test often waits for a program that it started.
    maxWorkers: availableParallelism() + 1,
    reporters: ["default", "./test/support/count.ts"],
    forceRerunTriggers: ["**/*.{ts,js,yaml,sh}"],
    projects: [
      {
        test: {
          ...native,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.{engine,real,boot}.test.ts"],
          isolate: false,
        },
      },
      { test: { ...native, ...engine, name: "engine", include: ["test/**/*.engine.test.ts"] } },
      { test: { ...native, ...engine, name: "real", include: ["test/**/*.real.test.ts"] } },
      ...(why ? [] : [droplet]),
    ],
  },
});
