import { line, type Rules } from "../../release/rules";

/**
 * What must hold before a deploy and what else its rules say, as the spec could state it; what a
 * chain shows by its order is left out.
 */
export function ruleLines(rules: Rules): string[] {
  const { gates } = rules;
  const { environments: _, ...others } = gates;
  const stated: [string[], unknown][] = [
    [["tracks"], rules.tracks],
    [["schedule"], rules.schedule],
    [["window"], rules.window],
    [["hotfix"], rules.hotfix],
    ...Object.entries(others)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]): [string[], unknown] => [["gates", name], value]),
    [["promotion"], rules.promotion],
    [["owner"], rules.owner],
    [["ownBranch"], rules.ownBranch || undefined],
    [["onRequest"], rules.onRequest || undefined],
    [["exclusive"], rules.exclusive],
    [["migrations"], rules.migrations],
    [["verify"], rules.verify],
    [["operations"], rules.operations],
  ];
  return stated
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => line(rules, path, value).replace(`release.${rules.component}.`, ""));
}

// An empty map of gates says nothing, other than `hotfix: {}`.
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
