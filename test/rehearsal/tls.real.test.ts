import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseKey, parsePrivateKey } from "sshpk";
import { test } from "vitest";
import { type Properties, Secret } from "../../providers/protocol/provider";
import { tls } from "../../stagewright/rehearsal/vendors/tls";
import { program } from "../support/debian";
import { run } from "../support/process";
import { scratch } from "../support/projects";
import { play } from "./vendor-play";

const TYPE = "tls:index/privateKey:PrivateKey";

const draw = async (inputs: Properties, stack = "dev", name = "deploy") =>
  (await play(tls, { stack })).create(TYPE, name, inputs);

const text = (value: unknown) => String(value instanceof Secret ? value.value : value);

/** What `ssh-keygen` says of a private key, which it takes from a file alone. */
async function sshKeygen(privateKey: string, ...args: string[]): Promise<string> {
  const file = path.join(scratch(), "key");
  writeFileSync(file, privateKey, { mode: 0o600 });
  const { path: keygen, env } = await program("ssh-keygen");
  const { status, stdout, stderr } = await run(keygen, [...args, "-f", file], {
    cwd: path.dirname(file),
    env: { ...process.env, ...env },
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

const CASES: [string, Properties, string, string][] = [
  ["Ed25519", { algorithm: "ED25519" }, "ssh-ed25519", "BEGIN PRIVATE KEY"],
  ["ECDSA P256", { algorithm: "ECDSA", ecdsaCurve: "P256" }, "ecdsa-sha2-nistp256", "BEGIN EC PRIVATE KEY"],
  ["ECDSA P384", { algorithm: "ECDSA", ecdsaCurve: "P384" }, "ecdsa-sha2-nistp384", "BEGIN EC PRIVATE KEY"],
  ["ECDSA P521", { algorithm: "ECDSA", ecdsaCurve: "P521" }, "ecdsa-sha2-nistp521", "BEGIN EC PRIVATE KEY"],
  ["RSA 2048", { algorithm: "RSA" }, "ssh-rsa", "BEGIN RSA PRIVATE KEY"],
  ["RSA 3072", { algorithm: "RSA", rsaBits: 3072 }, "ssh-rsa", "BEGIN RSA PRIVATE KEY"],
];

for (const [title, inputs, sshType, preamble] of CASES) {
  test(`${title}: every form is of one key pair that works`, async () => {
    const { id, state } = await draw(inputs);
    assert.match(id, /^[0-9a-f]{40}$/);
    const openssh = text(state.publicKeyOpenssh);
    assert.match(openssh, new RegExp(`^${sshType} [A-Za-z0-9+/]+=*\\n$`));
    assert.ok(text(state.privateKeyPem).startsWith(`-----${preamble}-----\n`));

    const publicPem = text(state.publicKeyPem);
    const digest = title === "Ed25519" ? null : "sha256";
    for (const form of [state.privateKeyPem, state.privateKeyPemPkcs8]) {
      const signature = sign(digest, Buffer.from("a message"), createPrivateKey(text(form)));
      assert.ok(verify(digest, Buffer.from("a message"), createPublicKey(publicPem), signature));
    }
    const pair = parsePrivateKey(text(state.privateKeyOpenssh), "ssh-private");
    const publicKey = parseKey(openssh, "ssh");
    assert.ok(pair.toPublic().fingerprint("sha256").matches(publicKey));
    assert.equal(publicKey.fingerprint("sha256").toString(), state.publicKeyFingerprintSha256);
    assert.equal(parseKey(publicPem, "pem").toString("ssh").split(" ")[1], openssh.trim().split(" ")[1]);
    assert.match(text(state.publicKeyFingerprintMd5), /^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/);
  });

  test(`${title}: OpenSSH takes the private key and finds the same public key and fingerprints`, async () => {
    const { state } = await draw(inputs);
    for (const form of [state.privateKeyOpenssh, state.privateKeyPem]) {
      if (title === "Ed25519" && form === state.privateKeyPem) continue; // older OpenSSH cannot read it as PKCS #8
      const found = await sshKeygen(text(form), "-y");
      assert.equal(found.trim(), text(state.publicKeyOpenssh).trim());
    }
    const md5 = await sshKeygen(text(state.privateKeyOpenssh), "-l", "-E", "md5");
    assert.equal(md5.split(" ")[1], `MD5:${state.publicKeyFingerprintMd5}`);
    const sha256 = await sshKeygen(text(state.privateKeyOpenssh), "-l", "-E", "sha256");
    assert.equal(sha256.split(" ")[1], state.publicKeyFingerprintSha256);
  });
}

test("an RSA key has all the bits asked for", async () => {
  for (const rsaBits of [1024, 2047, 2048, 4096]) {
    const { state } = await draw({ algorithm: "RSA", rsaBits });
    const { asymmetricKeyDetails } = createPublicKey(text(state.publicKeyPem));
    assert.equal(asymmetricKeyDetails?.modulusLength, rsaBits);
    assert.equal(asymmetricKeyDetails?.publicExponent, 65537n);
  }
});

test("private keys are secret, public ones are not", async () => {
  const { state } = await draw({ algorithm: "ED25519" });
  for (const name of ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"])
    assert.ok(state[name] instanceof Secret, name);
  assert.equal(typeof state.publicKeyOpenssh, "string");
});

test("another stack or name has another key, the same one the same in whichever cloud", async () => {
  for (const inputs of [
    { algorithm: "ED25519" },
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
    { algorithm: "RSA" },
  ]) {
    const first = await draw(inputs);
    assert.deepEqual(await draw(inputs), first);
    const others = [await draw(inputs, "staging"), await draw(inputs, "dev", "host")];
    const keys = [first, ...others].map(({ state }) => state.publicKeyOpenssh);
    assert.equal(new Set(keys).size, 3);
    assert.equal(new Set([first, ...others].map(({ id }) => id)).size, 3);
  }
});

test("a key on P-224, the default curve, has no form for OpenSSH", async () => {
  const { state } = await draw({ algorithm: "ECDSA" });
  assert.equal(state.ecdsaCurve, "P224");
  assert.equal(state.publicKeyOpenssh, "");
  assert.equal(text(state.privateKeyOpenssh), "");
  assert.equal(createPrivateKey(text(state.privateKeyPem)).asymmetricKeyDetails?.namedCurve, "secp224r1");
});

test("what the provider does not know is refused, and any change draws anew", async () => {
  await assert.rejects(
    draw({ algorithm: "DSA" }),
    /algorithm value must be one of: RSA, ECDSA, ED25519, got: DSA/,
  );
  await assert.rejects(draw({ algorithm: "ECDSA", ecdsaCurve: "P111" }), /ecdsa_curve .* got: P111/);
  await assert.rejects(draw({ algorithm: "RSA", rsaBits: 512 }), /rsa_bits/);
  const cloud = await play(tls);
  assert.deepEqual(await cloud.diff(TYPE, { algorithm: "RSA" }, { algorithm: "RSA", rsaBits: 4096 }), {
    rsaBits: "add-replace",
  });
});

test("a refresh finds the key as it was", async () => {
  const cloud = await play(tls);
  const inputs = { algorithm: "ED25519" };
  const { id, state } = await cloud.create(TYPE, "deploy", inputs);
  const ref = { urn: `urn:pulumi:test::project::${TYPE}::deploy`, type: TYPE, name: "deploy" };
  assert.deepEqual((await cloud.session.read(ref, id, inputs, state))?.state, state);
});
