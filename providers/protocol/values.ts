import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, Secret } from "./provider";

// The engine's signature key for special values, and the signature of a secret
// (`sdk/go/common/resource/sig`).
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Encodes plain values for the wire; omits `undefined` members. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(encode(properties) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Decodes values from the wire. Secrets are unwrapped because the provider has to use them. */
export function fromStruct(struct: Struct | undefined): Properties {
  return decode(struct?.toJavaScript() ?? {}) as Properties;
}

/** Decodes a provider's own configuration from the wire. */
export function fromConfig(struct: Struct | undefined): Properties {
  return configOf(fromStruct(struct));
}

/**
 * In a provider's own configuration, on the wire and in the state, every value but a string is
 * JSON.
 */
export function configOf(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      /^([[{]|true$|false$)/.test(String(value)) ? parsed(value) : value,
    ]),
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return decode(JSON.parse(value));
  } catch {
    return value; // a string that only looks like JSON
  }
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (value !== null && typeof value === "object") {
    const map = value as Record<string, unknown>;
    if (map[SIGNATURE] === SECRET) return decode(map.value);
    return Object.fromEntries(Object.entries(map).map(([k, v]) => [k, decode(v)]));
  }
  return value;
}

function encode(value: unknown): unknown {
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encode(value.value) };
  if (Array.isArray(value)) return value.map(encode);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .map(([k, v]) => [k, encode(v)]),
    );
  }
  return value;
}
