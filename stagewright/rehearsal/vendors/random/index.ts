import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import { digits, type Kind, type Vendor } from "../../vendor";
import { drawBytes, drawString } from "./draw";
import { facts } from "./facts";

/**
 * The package `random`. It generates a value once and remembers it only in the stack's state. Here
 * the value depends on the URN and the inputs, so that one environment gets the same one in every
 * cloud, another environment gets a different one, and changed keepers or a lost state give a new
 * one.
 */
export const random: Vendor = {
  name: "random",
  version: "4.21.2",
  caller: (config) => ({ account: "", config }),
  kinds: {
    "random:index/randomPassword:RandomPassword": {
      ...drawn("random:index/randomPassword:RandomPassword"),
      once: ["result"],
      defaults: characterDefaults,
      outputs({ inputs }, id) {
        const result = drawString(inputs, id);
        // In the format of a bcrypt hash; nothing verifies against it.
        return { result, bcryptHash: `$2a$10$${drawBytes(40, id).toString("base64url").slice(0, 53)}` };
      },
    },
    "random:index/randomString:RandomString": {
      ...drawn("random:index/randomString:RandomString"),
      once: ["result"],
      defaults: characterDefaults,
      outputs: ({ inputs }, id) => ({ result: drawString(inputs, id) }),
    },
    "random:index/randomId:RandomId": {
      ...drawn("random:index/randomId:RandomId"),
      rules({ inputs }) {
        if (!Number.isInteger(inputs.byteLength) || Number(inputs.byteLength) < 1)
          throw new ProviderError(
            `Invalid Attribute Value: byte_length must be at least 1, got: ${inputs.byteLength}`,
          );
      },
      outputs({ inputs }, id) {
        const bytes = drawBytes(Number(inputs.byteLength), id);
        const prefix = String(inputs.prefix ?? "");
        const forms = {
          b64Std: bytes.toString("base64"),
          b64Url: bytes.toString("base64url"),
          dec: BigInt(`0x${bytes.toString("hex")}`).toString(),
          hex: bytes.toString("hex"),
        };
        return Object.fromEntries(Object.entries(forms).map(([form, text]) => [form, prefix + text]));
      },
    },
  },
};

function drawn(type: keyof typeof facts): Pick<Kind, "facts" | "identity" | "forgotten" | "latency"> {
  return {
    facts: facts[type],
    identity: ({ urn, inputs }) => ({ name: `${urn} ${digits(12, stable(inputs))}`, scope: "" }),
    forgotten: true,
    latency: { create: 0, update: 0, delete: 0 },
  };
}

function characterDefaults(): Properties {
  return {
    lower: true,
    minLower: 0,
    minNumeric: 0,
    minSpecial: 0,
    minUpper: 0,
    number: true,
    numeric: true,
    special: true,
    upper: true,
  };
}

function stable(inputs: Properties): string {
  return JSON.stringify(Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
