import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "vitest";
import { builtCli } from "../../stagewright/engine/build";
import { doctor, renderDoctor } from "../../stagewright/engine/doctor";
import { machine, script } from "./machine";

test("a machine with all that is needed has nothing to mend", async () => {
  const { bin, env } = machine();
  for (const [program, says] of Object.entries({
    npm: "11.0.0",
    git: "git version 2.39.5",
    python3: "Python 3.11.7",
  })) {
    script(join(bin, program), `echo ${says}`);
  }
  script(builtCli(env), "exit 1");
  const findings = await doctor(env);
  assert.deepEqual(
    findings.filter(({ ok, fix }) => !ok || fix),
    [],
  );
  const found = Object.fromEntries(findings.map((finding) => [finding.name, finding.found]));
  assert.equal(found.npm, "11.0.0");
  assert.equal(found["Python 3"], "3.11.7");
  assert.equal(found.Go, "none, and none is needed");
  assert.match(found["Pulumi engine"] ?? "", /^3\.259\.0, built, /);
  assert.match(found["Node language host"] ?? "", /node-host/);
});

test("what is missing or broken is named with its fix", async () => {
  const { bin, env } = machine({ STAGEWRIGHT_CACHE: "/proc/cache" }); // where no byte is free
  script(join(bin, "npm"), "exit 1");
  script(join(bin, "pulumi"), "echo v3.259.0");
  const findings = await doctor(env);
  const of = (name: string) => findings.find((finding) => finding.name === name);
  assert.deepEqual(of("git"), { name: "git", ok: false, found: "none", fix: "install git" });
  assert.equal(of("npm")?.found, `${join(bin, "npm")} does not run`);
  assert.match(of("disk space")?.fix ?? "", /STAGEWRIGHT_CACHE/);
});

test("a setting that is no engine's is a finding, no error", async () => {
  const { env } = machine({ STAGEWRIGHT_ENGINE: "brew" });
  const engine = (await doctor(env)).find(({ name }) => name === "Pulumi engine");
  assert.deepEqual([engine?.ok, engine?.fix], [false, "unset STAGEWRIGHT_ENGINE"]);
});

test("people read a line a finding, with the fix at its end", () => {
  const text = renderDoctor([
    { name: "Node", ok: true, found: "20.20.2" },
    { name: "git", ok: false, found: "none", fix: "install git" },
  ]);
  assert.equal(text, "✓ Node  20.20.2\n✗ git   none: install git");
});
