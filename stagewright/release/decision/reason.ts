/** What one rule has to say of a deploy. */
export interface Reason {
  /** `unknown`: the facts do not say what the rule asks, which forbids too. */
  verdict: "allows" | "forbids" | "unknown";
  /** The line of the spec. */
  rule: string;
  /** Why, in words. */
  says: string;
}

export const allows = (rule: string, says: string): Reason => ({ verdict: "allows", rule, says });
export const forbids = (rule: string, says: string): Reason => ({ verdict: "forbids", rule, says });
export const unknown = (rule: string, says: string): Reason => ({ verdict: "unknown", rule, says });

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(names: readonly string[], word = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
