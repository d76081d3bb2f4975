import type { KeyObject } from "node:crypto";
import { parsePrivateKey } from "sshpk";
import { digits } from "../../vendor";

/** OpenSSH's forms of a key pair, as the provider writes them. */
interface OpensshForms {
  privateKey: string;
  /** With a final line break and without a comment. */
  publicKey: string;
  /** Pairs of hexadecimal digits, separated by colons. */
  md5: string;
  /** `SHA256:` and base64 without padding. */
  sha256: string;
}

/**
 * Formats a key pair like OpenSSH. The same pair always gives the same text; sshpk alone would add
 * random bytes.
 */
export function opensshForms(key: KeyObject): OpensshForms {
  const pair = parsePrivateKey(key.export({ type: "pkcs8", format: "pem" }), "pkcs8");
  const publicHalf = pair.toPublic();
  const publicBytes = publicHalf.toBuffer("rfc4253");
  return {
    privateKey: envelope(publicBytes, pair.toBuffer("rfc4253")),
    publicKey: `${publicHalf.toString("ssh").split(" ").slice(0, 2).join(" ")}\n`,
    md5: publicHalf.fingerprint("md5").toString("hex"),
    sha256: publicHalf.fingerprint("sha256").toString(),
  };
}

// https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key: no passphrase, one key, no
// comment.
function envelope(publicKey: Buffer, privateKey: Buffer): string {
  const check = Buffer.from(digits(8, "check", publicKey.toString("hex")), "hex");
  const secret = Buffer.concat([check, check, privateKey, text("")]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1));
  const bytes = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    text("none"), // cipher
    text("none"), // key derivation function
    text(""),
    number(1),
    text(publicKey),
    text(Buffer.concat([secret, padding])),
  ]);
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join(
    "\n",
  );
}

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
