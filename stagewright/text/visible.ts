/**
 * A text of the configuration on one line, with every character visible that could act in place of
 * being read: controls, which begin a terminal's commands; marks that turn the direction of writing
 * or take no room, which make a name look like another one; and line breaks. What GitHub's runner
 * takes for a command wherever it stands in a line of a log is broken up.
 */
export function visible(text: string): string {
  return text.replace(ACTING, escaped).replaceAll("##[", "##\\[");
}

/** A value on one line: texts as they are, everything else as JSON. */
export function valueText(value: unknown, longest = 100): string {
  if (value === undefined) return "nothing";
  const text = visible(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
  if (text === "") return '""';
  // By code points, so that no half of a character is left.
  const points = [...text];
  return points.length > longest ? `${points.slice(0, longest - 1).join("")}…` : text;
}

// \p{C} but for what is not assigned: controls, format characters (bidirectional marks, zero
// widths, tags), surrogates, private use. Then separators of lines, letters that are blank, and
// what no XML may hold. https://www.unicode.org/reports/tr36/#Visual_Security_Issues
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0\ufffe\uffff]/gu;

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
