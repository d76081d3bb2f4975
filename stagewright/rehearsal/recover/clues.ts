import { digits } from "../vendor";

/** What a clue stands for: an output, or `id`, of a resource. */
interface Meaning {
  urn: string;
  property: string;
}

/**
 * What a lost state alone held, and where it can be read again. A program passes on what it is
 * given: a text that is unlike every other stands for the value that is not known, and where it
 * comes out in the inputs of something that exists, the vendor shows the value.
 */
export class Clues {
  readonly #meanings = new Map<string, Meaning>();
  readonly #known = new Map<string, string>();

  /** Gives a text that stands for a value. */
  make(urn: string, property: string): string {
    return this.standsFor(`clue-${digits(24, urn, property)}`, urn, property);
  }

  /** The same in digits, of which a program can make a number and back. */
  makeNumber(urn: string, property: string): string {
    return this.standsFor(String(10 ** 14 + Number.parseInt(digits(11, urn, property), 16)), urn, property);
  }

  /** Lets a text that there is already stand for a value. */
  standsFor(text: string, urn: string, property: string): string {
    this.#meanings.set(text, { urn, property });
    return text;
  }

  /** What has been learned of a value; `undefined`: nothing. */
  known(urn: string, property: string): string | undefined {
    return this.#known.get(JSON.stringify([urn, property]));
  }

  /** Whether anything has been learned of a resource. */
  knows(urn: string): boolean {
    return [...this.#known.keys()].some((key) => (JSON.parse(key) as string[])[0] === urn);
  }

  /** Compares what a program declares with what there is. */
  learn(declared: unknown, actual: unknown): void {
    if (isText(declared) && isText(actual)) this.match(String(declared), String(actual));
    else if (Array.isArray(declared) && Array.isArray(actual))
      declared.forEach((value, i) => {
        this.learn(value, actual[i]);
      });
    else if (isMap(declared) && isMap(actual))
      for (const [key, value] of Object.entries(declared)) this.learn(value, actual[key]);
  }

  /** Whether a text could be this one if its clues were known; if so, they are from here on. */
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

/** Whether a value is a text, or a number that may stand for one. */
export function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}
