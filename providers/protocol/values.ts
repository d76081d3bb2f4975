import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, Secret } from "./provider";

// The engine's signature key of special values, and that of a secret (`sdk/go/common/resource/sig`).
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Plain values to the wire; `undefined` members are left out. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(encode(properties) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The wire to plain values. */
export function fromStruct(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
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
