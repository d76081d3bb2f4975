import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * The inputs and outputs of the played resource type of `@pulumi/tls` 5.6.1, from its SDK. Any
 * change generates a new key
 * (https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key).
 */
export const facts = {
  "tls:index/privateKey:PrivateKey": {
    required: ["algorithm"],
    optional: ["ecdsaCurve", "rsaBits"],
    computed: [
      "privateKeyOpenssh",
      "privateKeyPem",
      "privateKeyPemPkcs8",
      "publicKeyFingerprintMd5",
      "publicKeyFingerprintSha256",
      "publicKeyOpenssh",
      "publicKeyPem",
    ],
    replaces: ["algorithm", "ecdsaCurve", "rsaBits"],
    secrets: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"],
  },
} as const satisfies ByType<Facts>;
