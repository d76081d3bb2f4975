import { Document, Scalar, YAMLMap, YAMLSeq, type Node as YamlNode } from "yaml";

/** A piece of a workflow file: plain values, with comments where a reader would wonder. */
export type Node = string | number | boolean | Note | Node[] | { [key: string]: Node };

class Note {
  constructor(
    readonly value: Node,
    readonly place: "before" | "behind",
    readonly comment: string,
  ) {}
}

/** A value with a comment on the lines before it. */
export const noted = (comment: string, value: Node): Node => new Note(value, "before", comment);

/** A scalar with a comment behind it, on its own line. */
export const annotated = (value: string, comment: string): Node => new Note(value, "behind", comment);

/**
 * A GitHub expression such as `${{ github.sha }}`. Never part of a shell line: there it would be
 * code.
 */
export const expression = (text: string): string => `\${{ ${text} }}`;

/** A text that is none of GitHub's expressions, even where it looks like one. */
export const plain = (text: string): string => text.replaceAll("${{", () => expression("'${{'"));

/**
 * Writes a file for people: a comment on top, blank lines between its parts, text of several lines
 * as it is.
 */
export function render(header: string, parts: { [key: string]: Node }): string {
  const root = map(parts);
  for (const { key } of root.items.slice(1)) key.spaceBefore = true;
  const document = new Document(root);
  document.commentBefore = comment(header);
  return document.toString({ lineWidth: 0 });
}

function map(entries: { [key: string]: Node }): YAMLMap<Scalar<string>, YamlNode> {
  const result = new YAMLMap<Scalar<string>, YamlNode>();
  for (const [name, value] of Object.entries(entries)) {
    const key = new Scalar(name);
    if (value instanceof Note && value.place === "before") {
      key.commentBefore = comment(value.comment);
      result.add({ key, value: build(value.value) });
    } else {
      result.add({ key, value: build(value) });
    }
  }
  return result;
}

function build(value: Node): YamlNode {
  if (value instanceof Note) {
    const node = build(value.value);
    if (value.place === "before") node.commentBefore = comment(value.comment);
    else node.comment = comment(value.comment);
    return node;
  }
  if (Array.isArray(value)) {
    const list = new YAMLSeq<YamlNode>();
    list.items.push(...value.map(build));
    list.flow = value.every((item) => typeof item !== "object");
    return list;
  }
  if (typeof value === "object") {
    const result = map(value);
    result.flow = result.items.length === 0;
    return result;
  }
  const scalar = new Scalar(value);
  if (typeof value === "string" && value.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}

function comment(text: string): string {
  return text
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
}
