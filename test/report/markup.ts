import { type DefaultTreeAdapterTypes, type ParserError, parse } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A page as a browser reads it, with everything that is wrong with its markup. */
export function read(page: string): { errors: string[]; elements: Element[]; text: string } {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: ParserError) => errors.push(`line ${startLine}: ${code}`);
  const document = parse(page, { onParseError, sourceCodeLocationInfo: true });
  const elements = elementsIn(document);
  return { errors, elements, text: textIn(document) };
}

/** All of a tag's name. */
export function named(elements: readonly Element[], tag: string): Element[] {
  return elements.filter(({ tagName }) => tagName === tag);
}

/** What is read in a part of a page: without its style sheet. */
function textIn(node: Node): string {
  if ("value" in node) return node.value;
  if (!("childNodes" in node) || ("tagName" in node && node.tagName === "style")) return "";
  return node.childNodes.map(textIn).join("");
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}

function elementsIn(node: Node): Element[] {
  if (!("childNodes" in node)) return [];
  return [...("tagName" in node ? [node] : []), ...node.childNodes.flatMap(elementsIn)];
}
