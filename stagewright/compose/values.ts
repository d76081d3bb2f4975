import { interpolate, type Reference, references } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { BUCKET_KEY } from "./backing";

/** Where the app and the GUI answer on this machine. */
export const PORTS = { api: 8000, gui: 8080 } as const;

/**
 * Variables of a program with local values: those for everybody to read, and placeholders of those
 * that must stay secret.
 */
export interface LocalVariables {
  plain: Record<string, string>;
  secret: Record<string, string>;
}

/**
 * Puts a local value in the place of each reference. A variable with a secret of the stack's config
 * or a generated value in it is secret.
 */
export function localVariables(
  variables: Readonly<Record<string, string>>,
  spec: EnvironmentSpec,
): LocalVariables {
  const local: LocalVariables = { plain: {}, secret: {} };
  for (const [name, text] of Object.entries(variables)) {
    const secret = references(text).some(({ component }) => component in PLACEHOLDERS);
    local[secret ? "secret" : "plain"][name] = interpolate(text, (reference) => localValue(reference, spec));
  }
  return local;
}

const PLACEHOLDERS: Readonly<Record<string, string>> = { secret: "placeholder", generated: "local" };

function localValue({ component, attribute, text }: Reference, spec: EnvironmentSpec): string {
  const placeholder = PLACEHOLDERS[component];
  if (placeholder !== undefined) return `${placeholder}-${attribute}`;
  const value = LOCAL[`${component}.${attribute}`]?.(spec);
  // The spec's checks let no other reference through.
  if (value === undefined) throw new Error(`${text} has no local value`);
  return value;
}

const LOCAL: Readonly<Record<string, (spec: EnvironmentSpec) => string | undefined>> = {
  "environment.name": ({ name }) => name,
  "api.host": () => "localhost",
  "api.url": () => `http://localhost:${PORTS.api}`,
  "gui.host": () => "localhost",
  "gui.url": () => `http://localhost:${PORTS.gui}`,
  "bucket.name": ({ bucket }) => bucket?.name,
  "bucket.region": ({ bucket, accounts }) => bucket && accounts[bucket.account]?.region,
  "bucket.accessKeyId": () => BUCKET_KEY.id,
  "bucket.secretAccessKey": () => BUCKET_KEY.secret,
  // A well-formed address where nobody listens: an error on a laptop is nobody else's business.
  "errors.dsn": () => "http://local@127.0.0.1:9/1",
  "errors.environment": ({ errors }) => errors?.environment,
};
