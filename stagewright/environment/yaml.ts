import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { isTree, type Tree, valueAt } from "./merge";
import { ConfigError, type Problem } from "./problems";

/** A YAML file whose top level is a map, as written. */
export interface Yaml {
  tree: Tree;
  at(path: readonly PropertyKey[]): unknown;
  /** Returns the line of a key. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
  /** Finds values at or below a path that Pulumi would parse differently. */
  readOtherwise(path: readonly PropertyKey[]): Problem[];
}

/**
 * Reads a YAML file of a project.
 * @param accepted what the message says is accepted if the file does not exist
 * @throws ConfigError with one sentence if the file is missing or unusable
 */
export function readYaml(dir: string, file: string, accepted = "a YAML file"): Yaml {
  const full = path.join(dir, file);
  if (!existsSync(full)) throw wrong(full, `does not exist; accepted is ${accepted}`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(full, "utf8"), { lineCounter: lines, logLevel: "silent" });
  const [error] = document.errors;
  if (error?.message.includes("call stack")) throw wrong(file, TOO_DEEP);
  if (error) {
    const at = error.linePos?.[0];
    throw wrong(at ? `${file}:${at.line}` : file, `is no valid YAML: ${firstLine(error.message)}`);
  }
  const tree = treeOf(document, file);
  return {
    tree,
    at: (at) => valueAt(tree, at),
    lineOf: (at) => lineIn(document, at, lines),
    readOtherwise: (at) => otherReadings(document, at, file, lines),
  };
}

const TOO_DEEP = "cannot be used: it is nested too deeply; accepted are maps and lists of some levels";

function treeOf(document: Document, file: string): Tree {
  const tree = plain(document, file);
  if (!isTree(tree))
    throw wrong(file, `${tree === null ? "is empty" : "is no map"}; accepted is a map with the key config`);
  return tree;
}

// An alias may be undefined, refer to itself, or expand to an absurd size.
function plain(document: Document, file: string): unknown {
  try {
    const tree: unknown = document.toJS();
    JSON.stringify(tree);
    return tree;
  } catch (error) {
    if (error instanceof RangeError) throw wrong(file, TOO_DEEP);
    const why =
      error instanceof ReferenceError
        ? firstLine(error.message)
        : "an alias stands inside of what it refers to";
    throw wrong(file, `cannot be used: ${why}; accepted is an alias of an anchor that is complete above it`);
  }
}

// Values that Pulumi's parser, gopkg.in/yaml.v3, reads differently from YAML 1.2, which we follow.
// https://github.com/go-yaml/yaml/blob/v3.0.1/resolve.go
const OTHERWISE: readonly [form: RegExp, as: string][] = [
  [/^[-+]?0[0-9_]+$/, "a number of base 8"],
  [/^[-+]?0b[01_]+$/, "a number of base 2"],
  [/^[-+]?[0-9][0-9a-fxo.]*_[0-9a-f_.]*$/i, "a number"],
  [/^[-+]?\.(inf|nan)$/i, "no number that it can hand on"],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$/, "a time"],
];

function otherReadings(
  document: Document,
  at: readonly PropertyKey[],
  file: string,
  lines: LineCounter,
): Problem[] {
  const found: Problem[] = [];
  const node = document.getIn(at, true);
  if (!isNode(node)) return found;
  const say = ({ range }: Node, says: string) => {
    const line = range ? lines.linePos(range[0]).line : undefined;
    found.push({ file: line === undefined ? file : `${file}:${line}`, key: "", says });
  };
  visit(node, {
    Pair(_, pair) {
      // The only date in the schema, which accepts both forms.
      return isScalar(pair.key) && pair.key.value === "until" ? visit.SKIP : undefined;
    },
    Node(key, each) {
      if (!isAlias(each) && each.tag !== undefined)
        say(each, `has the tag ${each.tag}; accepted are values without one`);
      if (!isScalar(each) || each.type !== "PLAIN") return;
      const { source = "" } = each;
      if (key === "key" && source === "<<")
        say(each, "has the key <<, which Pulumi reads as a merge; accepted: every key written out");
      const [, as] = OTHERWISE.find(([form]) => form.test(source)) ?? [];
      if (as !== undefined)
        say(each, `has ${source} without quotes, which Pulumi reads as ${as}; accepted: "${source}"`);
    },
  });
  return found;
}

function lineIn(document: Document, at: readonly PropertyKey[], lines: LineCounter): number | undefined {
  // Uses the line of the key, since its value may begin a line later.
  const parent = document.getIn(at.slice(0, -1), true);
  const last = at.at(-1);
  if (isMap(parent)) {
    const key: unknown = parent.items.find((pair) => String(pair.key) === String(last))?.key;
    if (isNode(key) && key.range) return lines.linePos(key.range[0]).line;
  }
  const node = document.getIn(at, true);
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
}

function wrong(file: string, says: string): ConfigError {
  return new ConfigError([{ file, key: "", says }]);
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.replace(/:$/, "") ?? text;
}
