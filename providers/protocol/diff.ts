import { isDeepStrictEqual } from "node:util";
import type { Diff, DiffKind, Properties } from "./provider";

/**
 * Whether a change at a property path (`organization.name`, without indices) forces a replacement.
 */
export type ForcesReplace = (path: string) => boolean;

/**
 * Compares inputs property by property, down to the leaf that differs, like the bridged providers.
 * Adding or removing a whole part forces a replacement if anything in it does.
 * https://github.com/pulumi/pulumi-terraform-bridge/blob/master/pkg/tfbridge/detailed_diff.go
 */
export function diffProperties(
  olds: Properties,
  news: Properties,
  forcesReplace: ForcesReplace,
  ignore: readonly string[] = [],
): Diff["changes"] {
  const changes: Diff["changes"] = {};
  const ignored = new Set(ignore);
  const walk = (before: unknown, after: unknown, path: string, plain: string, replace: boolean) => {
    if (isDeepStrictEqual(before, after) || ignored.has(plain)) return;
    const forced = replace || forcesReplace(plain);
    if (isObject(before) && isObject(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        walk(before[key], after[key], join(path, key), join(plain, key), forced);
      }
    } else if (Array.isArray(before) && Array.isArray(after)) {
      for (let i = 0; i < Math.max(before.length, after.length); i++) {
        walk(before[i], after[i], `${path}[${i}]`, plain, forced);
      }
    } else {
      const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
      const within = (value: unknown) => forcesWithin(value, plain, forcesReplace);
      changes[path] = (forced || within(before) || within(after) ? `${kind}-replace` : kind) as DiffKind;
    }
  };
  walk(olds, news, "", "", false);
  return changes;
}

function forcesWithin(value: unknown, plain: string, forcesReplace: ForcesReplace): boolean {
  if (Array.isArray(value)) return value.some((item) => forcesWithin(item, plain, forcesReplace));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, inner]) => {
    const path = join(plain, key);
    return inner !== undefined && (forcesReplace(path) || forcesWithin(inner, path, forcesReplace));
  });
}

function join(path: string, key: string): string {
  const part = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `["${key.replaceAll('"', '\\"')}"]`;
  return path === "" ? part : part.startsWith("[") ? path + part : `${path}.${part}`;
}

function isObject(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
