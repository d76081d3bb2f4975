import { checkPrimeSync, createECDH, createPrivateKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { digits } from "../../vendor";

/** The curves of ECDSA by the provider's names. */
export const curves = {
  P224: { openssl: "secp224r1", oid: "06052b81040021", bytes: 28 },
  P256: { openssl: "prime256v1", oid: "06082a8648ce3d030107", bytes: 32 },
  P384: { openssl: "secp384r1", oid: "06052b81040022", bytes: 48 },
  P521: { openssl: "secp521r1", oid: "06052b81040023", bytes: 66 },
} as const;

export type Curve = keyof typeof curves;

/** Returns an Ed25519 private key. The same seed gives the same key. */
export function drawEd25519(seed: string): KeyObject {
  // RFC 8410, section 7: the prefix of the 32 bytes.
  const der = Buffer.from(`302e020100300506032b657004220420${digits(64, seed, "ed25519")}`, "hex");
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** Returns a private key on one of NIST's curves. The same seed gives the same key. */
export function drawEcdsa(curve: Curve, seed: string): KeyObject {
  const { openssl, oid, bytes } = curves[curve];
  // The first byte is 0, both for P-521, whose order has 521 bits, and to keep the number below the
  // order of the other curves.
  const scalar = Buffer.from(`00${digits(bytes * 2 - 2, seed, curve)}`, "hex");
  const pair = createECDH(openssl);
  pair.setPrivateKey(scalar);
  // RFC 5915, section 3: version 1, the number, the curve, the point.
  const der = tlv(
    0x30,
    tlv(0x02, Buffer.of(1)),
    tlv(0x04, scalar),
    tlv(0xa0, Buffer.from(oid, "hex")),
    tlv(0xa1, tlv(0x03, Buffer.of(0), pair.getPublicKey())),
  );
  return createPrivateKey({ key: der, format: "der", type: "sec1" });
}

/** Returns an RSA private key of a number of bits. The same seed gives the same key. */
export function drawRsa(bits: number, seed: string): KeyObject {
  const e = 65537n;
  const half = Math.ceil(bits / 2);
  const p = prime(half, e, seed, "p");
  const q = prime(bits - half, e, seed, "q");
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key: JsonWebKey = { kty: "RSA" };
  for (const [name, number] of Object.entries(numbers)) key[name] = bytesOf(number).toString("base64url");
  return createPrivateKey({ key, format: "jwk" });
}

// Returns the first prime after a generated number. Its two highest bits are set, so that the
// product of two has the full length.
function prime(bits: number, e: bigint, ...seed: string[]): bigint {
  const drawn = BigInt(`0x${digits(Math.ceil(bits / 4), ...seed, String(bits))}`);
  let candidate = BigInt.asUintN(bits, drawn) | (3n << BigInt(bits - 2)) | 1n;
  while (candidate % e === 1n || !checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

// The extended Euclidean algorithm.
function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1] = [modulus, value % modulus];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return t0 < 0n ? t0 + modulus : t0;
}

function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

// Encodes a value of ASN.1 in DER; no length here needs more than one byte after the marker.
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const length = value.length < 0x80 ? [value.length] : [0x81, value.length];
  return Buffer.concat([Buffer.of(tag, ...length), value]);
}
