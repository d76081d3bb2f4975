import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * The inputs and outputs of the played resource types of `@pulumi/random` 4.21.2, from its SDK. Any
 * change generates a new value: the provider has no update
 * (https://registry.terraform.io/providers/hashicorp/random/latest/docs).
 */
export const facts = {
  "random:index/randomPassword:RandomPassword": {
    required: ["length"],
    optional: [
      "keepers",
      "lower",
      "minLower",
      "minNumeric",
      "minSpecial",
      "minUpper",
      "number",
      "numeric",
      "overrideSpecial",
      "special",
      "upper",
    ],
    computed: ["bcryptHash", "result"],
    replaces: [
      "keepers",
      "length",
      "lower",
      "minLower",
      "minNumeric",
      "minSpecial",
      "minUpper",
      "number",
      "numeric",
      "overrideSpecial",
      "special",
      "upper",
    ],
    secrets: ["bcryptHash", "result"],
  },
  "random:index/randomId:RandomId": {
    required: ["byteLength"],
    optional: ["keepers", "prefix"],
    computed: ["b64Std", "b64Url", "dec", "hex"],
    replaces: ["byteLength", "keepers", "prefix"],
    secrets: [],
  },
  "random:index/randomString:RandomString": {
    required: ["length"],
    optional: [
      "keepers",
      "lower",
      "minLower",
      "minNumeric",
      "minSpecial",
      "minUpper",
      "number",
      "numeric",
      "overrideSpecial",
      "special",
      "upper",
    ],
    computed: ["result"],
    replaces: [
      "keepers",
      "length",
      "lower",
      "minLower",
      "minNumeric",
      "minSpecial",
      "minUpper",
      "number",
      "numeric",
      "overrideSpecial",
      "special",
      "upper",
    ],
    secrets: [],
  },
} as const satisfies ByType<Facts>;
