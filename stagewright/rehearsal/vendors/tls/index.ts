import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import { digits, type Kind, type Occasion, type Vendor } from "../../vendor";
import { type Curve, curves, drawEcdsa, drawEd25519, drawRsa } from "./draw";
import { facts } from "./facts";
import { opensshForms } from "./openssh";

const ALGORITHMS = ["RSA", "ECDSA", "ED25519"];

const privateKey: Kind = {
  facts: facts["tls:index/privateKey:PrivateKey"],
  identity: ({ urn, inputs }) => ({
    name: `${urn} ${digits(12, JSON.stringify(settings(inputs)))}`,
    scope: "",
  }),
  forgotten: true,
  // https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key
  rules({ inputs }) {
    const { algorithm, ecdsaCurve, rsaBits } = settings(inputs);
    if (!ALGORITHMS.includes(algorithm)) invalid("algorithm", ALGORITHMS, algorithm);
    if (!(ecdsaCurve in curves)) invalid("ecdsa_curve", Object.keys(curves), ecdsaCurve);
    // https://pkg.go.dev/crypto/rsa#hdr-Minimum_key_size; the upper bound is OpenSSH's.
    if (!Number.isInteger(rsaBits) || rsaBits < 1024 || rsaBits > 16384)
      invalid("rsa_bits", ["1024 to 16384"], String(rsaBits));
  },
  defaults: ({ inputs }) => ({ ...settings(inputs) }),
  // The provider's id: the SHA-1 of the public key.
  id: (occasion) =>
    createHash("sha1")
      .update(createPublicKey(draw(occasion)).export({ type: "spki", format: "der" }))
      .digest("hex"),
  outputs: (occasion) => formsOf(draw(occasion), settings(occasion.inputs)),
  latency: { create: 0, update: 0, delete: 0 },
};

/**
 * The package `tls`. It generates keys and remembers them only in the stack's state. Here a key
 * depends on the URN and the inputs, so that one environment gets the same one in every cloud, and
 * another environment, or one whose state was lost, a different one. The keys are real: OpenSSH and
 * OpenSSL accept them.
 */
export const tls: Vendor = {
  name: "tls",
  version: "5.6.1",
  caller: (config) => ({ account: "", config }),
  kinds: { "tls:index/privateKey:PrivateKey": privateKey },
};

interface Settings {
  algorithm: string;
  ecdsaCurve: string;
  rsaBits: number;
}

function settings({ algorithm, ecdsaCurve, rsaBits }: Properties): Settings {
  return {
    algorithm: String(algorithm),
    ecdsaCurve: String(ecdsaCurve ?? "P224"),
    rsaBits: Number(rsaBits ?? 2048),
  };
}

// Finding primes takes a while, and both the id and the outputs need the key.
const drawn = new Map<string, KeyObject>();

function draw({ urn, inputs, again }: Occasion): KeyObject {
  const { algorithm, ecdsaCurve, rsaBits } = settings(inputs);
  const seed = [urn, ...again].join(" ");
  const draws: Record<string, () => KeyObject> = {
    ED25519: () => drawEd25519(seed),
    ECDSA: () => drawEcdsa(ecdsaCurve as Curve, seed),
    RSA: () => drawRsa(rsaBits, seed),
  };
  const which = JSON.stringify([seed, algorithm, ecdsaCurve, rsaBits]);
  const key = drawn.get(which) ?? draws[algorithm]?.();
  if (!key) return invalid("algorithm", ALGORITHMS, algorithm);
  drawn.set(which, key);
  return key;
}

function formsOf(key: KeyObject, { algorithm, ecdsaCurve }: Settings): Properties {
  const own = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;
  // OpenSSH does not support P-224, so the provider leaves these empty.
  const none = { privateKey: "", publicKey: "", md5: "", sha256: "" };
  const openssh = algorithm === "ECDSA" && ecdsaCurve === "P224" ? none : opensshForms(key);
  return {
    privateKeyOpenssh: openssh.privateKey,
    privateKeyPem: key.export({ type: own[algorithm as keyof typeof own], format: "pem" }),
    privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }),
    publicKeyFingerprintMd5: openssh.md5,
    publicKeyFingerprintSha256: openssh.sha256,
    publicKeyOpenssh: openssh.publicKey,
    publicKeyPem: createPublicKey(key).export({ type: "spki", format: "pem" }),
  };
}

function invalid(attribute: string, accepted: readonly string[], given: string): never {
  throw new ProviderError(
    `Invalid Attribute Value Match: Attribute ${attribute} value must be one of: ${accepted.join(", ")}, got: ${given}`,
  );
}
