import { interpolate, type Reference, references } from "../environment/references";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { BUCKET_KEY } from "./backing";

/** Local addresses of the app and the GUI. */
export const PORTS = { api: 8000, gui: 8080 } as const;

/**
 * A program's variables with local values: the public ones, and placeholders for the secret ones.
 */
export interface LocalVariables {
  plain: Record<string, string>;
  secret: Record<string, string>;
}

/**
 * Replaces each reference with a local value. A variable is secret if it contains a secret of the
 * stack's config or a generated value.
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
  // The spec's checks reject all other references.
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
  // A well-formed address where nothing listens: errors on a laptop stay there.
  "errors.dsn": () => "http://local@127.0.0.1:9/1",
  "errors.environment": ({ errors }) => errors?.environment,
};
