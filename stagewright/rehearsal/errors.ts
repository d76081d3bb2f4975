/** The engine failed for a reason outside the configuration. */
export class EngineError extends Error {
  override name = "EngineError";
}

// The engine's wording, which it repeats for each resource:
// https://github.com/pulumi/pulumi/blob/v3.259.0/pkg/resource/deploy/step_generator.go
const PROTECTED = [
  /^unable to (?<what>replace|delete) resource "(?<name>[^"]+)"\s+(?:as part of replacing "[^"]+"\s+)?as it is currently marked for protection\b/,
  /^resource "(?<name>[^"]+)" cannot be (?<what>replace|delete)d\s+because it is protected\b/,
];

/**
 * Rewrites the engine's errors for people: resources by name, all protected resources in one
 * sentence, and without messages that others already contain.
 */
export function condensed(errors: readonly string[]): string[] {
  const refused = new Map<string, string[]>();
  const others: string[] = [];
  for (const error of errors.map(withNames)) {
    const { what, name } = PROTECTED.map((said) => said.exec(error)).find((match) => match)?.groups ?? {};
    if (what !== undefined && name !== undefined) refused.set(what, [...(refused.get(what) ?? []), name]);
    else others.push(error);
  }
  const sentences = [...refused].map(
    ([what, names]) => `the engine does not ${what} what is protected: ${names.join(", ")}`,
  );
  const told = [...sentences, ...others.filter((error) => !/^(preview|update) failed$/.test(error))];
  return told.length > 0 ? told : [...errors];
}

// The engine's own sentences name resources by URN, and prefix a provider's refusal in a preview.
function withNames(error: string): string {
  return error
    .replace(/^(\S+: )?Preview failed: /, "$1")
    .replace(/urn:pulumi:[^\s"'`]+::([^\s"'`:]+)/g, "$1");
}
