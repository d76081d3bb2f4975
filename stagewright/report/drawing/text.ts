import { visible } from "../../text/visible";

/**
 * How wide a character is at most, in parts of the font size, over the system fonts that a reader
 * may have.
 */
const WIDTH = { mono: 0.62, sans: 0.6 } as const;

export type Face = keyof typeof WIDTH;

/** Width of a text in pixels: never less than it is drawn with. */
export function widthOf(text: string, size: number, face: Face): number {
  return cells(text) * size * WIDTH[face];
}

/**
 * Breaks a text into lines that fit: after `-`, `.`, `/` or a space where there is one (an option
 * as `--all` stays whole), within a word where not.
 */
export function wrapped(raw: string, width: number, size: number, face: Face): string[] {
  const text = visible(raw);
  const room = Math.max(1, Math.floor(width / (size * WIDTH[face])));
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(/(?<=[./_ @:]|[^- ]-)/u).flatMap((word) => pieces(word, room))) {
    if (cells(line + part.trimEnd()) > room && line !== "") {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

/** A text in one line, with its end left out where it does not fit. */
export function clipped(raw: string, width: number, size: number, face: Face): string {
  const text = visible(raw);
  if (widthOf(text, size, face) <= width) return text;
  let short = [...text];
  while (short.length > 0 && widthOf(`${short.join("")}…`, size, face) > width) short = short.slice(0, -1);
  return `${short.join("")}…`;
}

function pieces(word: string, room: number): string[] {
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (cells(piece + character.trimEnd()) > room) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}

// What is written in full width (https://www.unicode.org/reports/tr11/) takes two cells.
function cells(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1), 0);
}
