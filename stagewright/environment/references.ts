import type { EnvironmentSpec } from "./schema/environment";

/** A reference in a variable, such as `${bucket.name}`: a component and one of its attributes. */
export interface Reference {
  /** The reference as written, for example `${bucket.name}`. */
  text: string;
  component: string;
  attribute: string;
}

/**
 * The attributes that variables may refer to, by component. `secret` and `generated` take any name.
 */
export const PROVIDED: Readonly<Record<string, readonly string[]>> = {
  environment: ["name"],
  api: ["host", "url"],
  gui: ["host", "url"],
  bucket: ["name", "prefix", "region", "accessKeyId", "secretAccessKey"],
  errors: ["dsn", "environment"],
};

/**
 * Components that accept any attribute name: secrets of the stack's config, and random values that
 * are generated once and kept.
 */
export const NAMED = ["secret", "generated"] as const;

const SECRET_ATTRIBUTES = new Set(["bucket.secretAccessKey"]);

const PATTERN = /\$\{([^}]*)\}/g;

/** Returns the references in one value, in order. */
export function references(value: string): Reference[] {
  return [...value.matchAll(PATTERN)].map(([text, inside = ""]) => {
    const [component = "", ...attribute] = inside.trim().split(".");
    return { text, component, attribute: attribute.join(".") };
  });
}

/** Whether a value's references make it secret. */
export function refersToSecret(value: string): boolean {
  return references(value).some(
    ({ component, attribute }) =>
      (NAMED as readonly string[]).includes(component) || SECRET_ATTRIBUTES.has(`${component}.${attribute}`),
  );
}

/** Replaces the references with values. */
export function interpolate(value: string, resolve: (reference: Reference) => string): string {
  const found = references(value);
  let index = 0;
  return value.replace(PATTERN, () => resolve(found[index++] as Reference));
}

/** Config vars that the API gets without stating them, and their providers. */
export function providedVariables(spec: EnvironmentSpec): Map<string, string> {
  const provided = new Map<string, string>();
  if (spec.database) provided.set("DATABASE_URL", "database");
  if (spec.broker) provided.set("CLOUDAMQP_URL", "broker");
  return provided;
}

/**
 * Returns the names of the secrets that this environment needs in its stack's config, in a stable
 * order.
 */
export function requiredSecrets(spec: EnvironmentSpec): string[] {
  const names = new Set<string>();
  for (const value of variableValues(spec)) {
    for (const { component, attribute } of references(value))
      if (component === "secret") names.add(attribute);
  }
  if (spec.api?.via === "heroku") {
    for (const name of [spec.api.logDrain, spec.release.api?.token]) if (name !== undefined) names.add(name);
  }
  if (spec.errors?.readToken) names.add(spec.errors.readToken);
  for (const name of Object.values(spec.data.restore?.sources ?? {})) names.add(name);
  return [...names].sort();
}

/** Returns the names of the random values that this environment generates and keeps. */
export function generatedValues(spec: EnvironmentSpec): string[] {
  const names = new Set<string>();
  for (const value of variableValues(spec)) {
    for (const { component, attribute } of references(value))
      if (component === "generated") names.add(attribute);
  }
  return [...names].sort();
}

function variableValues(spec: EnvironmentSpec): string[] {
  return [...Object.values(spec.api?.variables ?? {}), ...Object.values(spec.gui?.variables ?? {})];
}
