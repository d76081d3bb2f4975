import { digits } from "../vendor";

/** The value that a clue replaces: an output, or `id`, of a resource. */
interface Meaning {
  urn: string;
  property: string;
}

/**
 * Placeholders for values that only the lost state held. A program passes its values on, so a
 * unique text replaces each unknown value. If that text appears in the inputs of an existing
 * resource, the vendor's value at that place is the real one.
 */
export class Clues {
  readonly #meanings = new Map<string, Meaning>();
  readonly #known = new Map<string, string>();

  /** Creates a placeholder for a value. */
  make(urn: string, property: string): string {
    return this.standsFor(`clue-${digits(24, urn, property)}`, urn, property);
  }

  /**
   * Creates a placeholder of digits, which survives a program's conversion to a number and back.
   */
  makeNumber(urn: string, property: string): string {
    return this.standsFor(String(10 ** 14 + Number.parseInt(digits(11, urn, property), 16)), urn, property);
  }

  /** Uses an existing text as the placeholder of a value. */
  standsFor(text: string, urn: string, property: string): string {
    this.#meanings.set(text, { urn, property });
    return text;
  }

  /** Returns the learned value; `undefined` if it is still unknown. */
  known(urn: string, property: string): string | undefined {
    return this.#known.get(JSON.stringify([urn, property]));
  }

  /** Whether any value of a resource has been learned. */
  knows(urn: string): boolean {
    return [...this.#known.keys()].some((key) => (JSON.parse(key) as string[])[0] === urn);
  }

  /** Learns values by comparing a program's declaration with the existing resource. */
  learn(declared: unknown, actual: unknown): void {
    if (isText(declared) && isText(actual)) this.match(String(declared), String(actual));
    else if (Array.isArray(declared) && Array.isArray(actual))
      declared.forEach((value, i) => {
        this.learn(value, actual[i]);
      });
    else if (isMap(declared) && isMap(actual))
      for (const [key, value] of Object.entries(declared)) this.learn(value, actual[key]);
  }

  /**
   * Whether a text matches the actual one for some values of its clues; if so, records those
   * values.
   */
  match(declared: string, actual: string): boolean {
    const inside = this.#inside(declared);
    if (inside.length === 0) return declared === actual;
    const source = inside.reduce((text, clue) => text.replaceAll(escaped(clue), "(.+)"), escaped(declared));
    const values = new RegExp(`^${source}$`, "s").exec(actual)?.slice(1);
    if (!values) return false;
    const order =
      inside.length === 1 ? inside : [...inside].sort((a, b) => declared.indexOf(a) - declared.indexOf(b));
    order.forEach((clue, i) => {
      const { urn, property } = this.#meanings.get(clue) as Meaning;
      this.#known.set(JSON.stringify([urn, property]), values[i] ?? "");
    });
    return true;
  }

  #inside(text: string): string[] {
    return [...this.#meanings.keys()].filter((clue) => text.includes(clue));
  }
}

/** Whether a value is a text, or a number that may be a placeholder. */
export function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}
