import { logicalName } from "../../../providers/protocol/names";
import { isTree, type Tree } from "../../environment/merge";
import type { EngineEvent } from "../../rehearsal/events";
import { isSecret } from "../../resources/secrets";

/**
 * A provider whose own configuration changes. Its values are strings; the engine encodes all other
 * types as JSON.
 */
export interface ProviderChange {
  urn: string;
  /** The package: `aws`. */
  of: string;
  name: string;
  values: { key: string; before: string | undefined; after: string | undefined; secret: boolean }[];
}

// The engine's own entries among a provider's inputs.
const ENGINE_KEYS = new Set(["version", "pluginDownloadURL", "parameterization", "__internal", "__defaults"]);

/** Returns the providers whose configuration a preview changes, each once. */
export function providerChangesIn(events: readonly EngineEvent[]): ProviderChange[] {
  const found = events.flatMap(({ resourcePreEvent }): ProviderChange[] => {
    const { urn = "", type = "", old, new: news } = resourcePreEvent?.metadata ?? {};
    if (!type.startsWith("pulumi:providers:") || !old || !news) return [];
    const values = changed(treeOf(old.inputs), treeOf(news.inputs));
    const of = type.slice("pulumi:providers:".length);
    return values.length === 0 ? [] : [{ urn, of, name: logicalName(urn), values }];
  });
  return [...new Map(found.map((change) => [change.urn, change])).values()];
}

function changed(old: Tree, news: Tree): ProviderChange["values"] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(news)])].sort();
  return keys
    .filter((key) => !ENGINE_KEYS.has(key) && JSON.stringify(old[key]) !== JSON.stringify(news[key]))
    .map((key) => {
      const [before, after] = [old[key], news[key]];
      const secret = isSecret(before) || isSecret(after);
      return { key, before: textOf(before), after: textOf(after), secret };
    });
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value.replace(/^\["([^"]*)"\]$/, "$1") : JSON.stringify(value);
}

function treeOf(value: unknown): Tree {
  return isTree(value) ? value : {};
}
