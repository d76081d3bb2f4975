import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeAll, test } from "vitest";
import { Backups } from "../../stagewright/rehearsal/backup";
import { run } from "../support/process";
import { ROOT, systemCopy } from "../support/projects";
import { Stage } from "../support/rehearsed";

/** A small system that is up, and what its tests ask of it. */
class Up extends Stage {
  readonly state = this.rehearsal().state;
  readonly file = this.state.checkpoint("payslip", "staging");
  readonly backups = new Backups(this.state, "payslip", "staging");

  stagewright(...args: string[]) {
    const common = ["--stack", "staging", "--dir", this.project.dir, "--cloud", this.cloud];
    const command = path.join(ROOT, "stagewright/cli/stagewright.js");
    return run(process.execPath, [command, ...args, ...common], { cwd: ROOT });
  }

  /** What a preview counts, or the errors with which it is refused. */
  async preview(): Promise<string> {
    try {
      const { ok, changes, errors } = await this.run("staging", "preview");
      return ok ? Object.keys(changes).join() : errors.join("\n");
    } catch (error) {
      return (error as Error).message;
    }
  }

  get lockDir(): string {
    return path.join(this.state.dir, "backend/.pulumi/locks/organization/payslip/staging");
  }
}

const stage = new Up(systemCopy("payslip"));
beforeAll(() => stage.done("staging", "up"));

test("whichever file is cut or emptied: the next run goes on as if nothing was, or names the file and the way out", async () => {
  const files = readdirSync(stage.state.dir, { recursive: true, encoding: "utf8" })
    .map((file) => path.join(stage.state.dir, file))
    .filter((file) => statSync(file).isFile() && !file.includes(`${path.sep}logs${path.sep}`));
  const needed = [
    "staging.json",
    "staging.json.bak",
    "meta.yaml",
    "config.made",
    "Pulumi.staging.yaml",
    "state.backup.json",
  ];
  for (const name of needed)
    assert.ok(
      files.some((file) => path.basename(file) === name),
      name,
    );
  for (const [index, file] of [...files, stage.cloud].entries()) {
    const kept = readFileSync(file);
    // The two files that matter most in both ways, of the others each in one.
    const sizes = [stage.file, stage.cloud].includes(file)
      ? [kept.length >> 1, kept.length - 2]
      : [index % 2 ? 0 : kept.length >> 1];
    for (const size of sizes) {
      truncateSync(file, size);
      const said = await stage.preview();
      if (file === stage.file)
        assert.match(
          said,
          /staging\.json: is damaged: after \d+ bytes .*; `stagewright recover --stack staging --from-backup` puts the backup of .* with 22 resources in its place/,
        );
      else if (file === stage.cloud) assert.match(said, /cloud\.db: cannot be used as a rehearsal cloud/);
      else assert.equal(said, "same", `${file} cut to ${size} bytes`);
      writeFileSync(file, kept);
    }
  }
});

test("a damaged state is mended from its backup after a question, and everything is as it was", async () => {
  writeFileSync(stage.file, "");
  assert.match(await stage.preview(), /staging\.json: is empty; /);
  const up = await stage.stagewright("rehearse", "up");
  assert.deepEqual([up.status, /staging\.json: is empty; /.test(up.stderr)], [3, true]);
  const recover = await stage.stagewright("recover");
  assert.deepEqual([recover.status, /--from-backup/.test(recover.stderr)], [3, true]);
  const asked = await stage.stagewright("recover", "--from-backup");
  assert.equal(asked.status, 2);
  assert.match(
    asked.stderr,
    /staging\.json is empty; put the backup of .* with 22 resources in its place.*\? Nobody can answer here: --yes says yes/,
  );
  assert.equal(readFileSync(stage.file, "utf8"), "", "nothing was done without an answer");

  const mended = await stage.stagewright("recover", "--from-backup", "--yes");
  assert.equal(mended.status, 0, mended.stderr);
  assert.match(mended.stdout, /staging\.json: is the backup of .* with 22 resources now/);
  assert.match(mended.stdout, /nothing was left unrecorded/);
  assert.equal(await stage.preview(), "same");
});

test("the newest backup that can be read is taken, and where there is none that is said", async () => {
  const kept = readFileSync(stage.file);
  const history = path.join(stage.state.dir, "backend/.pulumi/history/payslip/staging");
  const backups = [
    `${stage.file}.bak`,
    path.join(stage.state.workspace("payslip", "staging"), "state.backup.json"),
  ];
  const copies = readdirSync(history).filter((file) => file.endsWith(".checkpoint.json"));
  backups.push(...copies.map((file) => path.join(history, file)));
  const [newest = "", next = ""] = backups;
  for (const [age, file] of backups.entries()) {
    copyFileSync(stage.file, file);
    utimesSync(file, 2_000_000_000 - age, 2_000_000_000 - age);
  }
  assert.equal(stage.backups.newest()?.file, newest);
  writeFileSync(newest, kept.subarray(0, 100));
  assert.equal(stage.backups.newest()?.file, next, "half a file is no backup");

  for (const file of backups) rmSync(file, { force: true });
  writeFileSync(stage.file, kept.subarray(0, 100));
  assert.match(
    await stage.preview(),
    /there is no backup: move the file away, and `stagewright recover --stack staging` adopts/,
  );
  writeFileSync(stage.file, kept);
  stage.backups.keep();
  assert.equal(stage.backups.newest()?.resources, 22);
  writeFileSync(stage.file, '{"version":3,"checkpoint":{"stack":"x"}}');
  stage.backups.keep();
  assert.equal(stage.backups.newest()?.resources, 22, "an empty state takes no backup's place");
  writeFileSync(stage.file, kept);
});

test("a lock that says nothing, and one of another machine, are no dead ends", async () => {
  mkdirSync(stage.lockDir, { recursive: true });
  writeFileSync(path.join(stage.lockDir, "a.json"), "");
  assert.match(
    await stage.preview(),
    /an engine was killed at work on payslip\/staging \(.*a\.json\); `stagewright recover/,
  );
  const freed = await stage.stagewright("recover");
  assert.equal(freed.status, 0, freed.stderr);
  assert.equal(await stage.preview(), "same");

  mkdirSync(stage.lockDir, { recursive: true });
  const far = { pid: 1, username: "anna", hostname: "far", timestamp: "2026-11-25T17:00:00Z" };
  writeFileSync(path.join(stage.lockDir, "a.json"), JSON.stringify(far));
  assert.match(
    await stage.preview(),
    /another engine is at work on payslip\/staging: process 1 of anna on far, since 2026-11-25 17:00:00 UTC/,
  );
  const asked = await stage.stagewright("recover");
  assert.equal(asked.status, 2);
  assert.match(
    asked.stderr,
    /anna on far.*was that engine killed, and may the lock go\? Nobody can answer here/,
  );
  assert.equal((await stage.stagewright("recover", "--yes")).status, 0);
  assert.equal(await stage.preview(), "same");
});

test("a dead lock of a stack that was never made is in nobody's way", async () => {
  const other = new Stage(systemCopy("payslip"));
  const dir = path.join(other.rehearsal().state.dir, "backend/.pulumi/locks/organization/payslip/staging");
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, "a.json"), "");
  const recover = await run(
    process.execPath,
    [
      path.join(ROOT, "stagewright/cli/stagewright.js"),
      "recover",
      "--stack",
      "staging",
      "--dir",
      other.project.dir,
      "--cloud",
      other.cloud,
    ],
    { cwd: ROOT },
  );
  assert.equal(recover.status, 0, recover.stderr);
});
