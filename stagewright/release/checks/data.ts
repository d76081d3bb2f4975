import { didYouMean } from "../../environment/problems";
import type { EnvironmentRules, System } from "../rules";
import { cycles } from "./cycles";
import type { SystemMismatch } from "./mismatch";

/**
 * Data flows in the stated direction only: never in a circle, never into what is protected from
 * what is not.
 */
export function dataChecks(system: System): SystemMismatch[] {
  const all = Object.entries(system);
  const byName = new Map(all.map(([, environment]) => [environment.name, environment]));
  return [
    ...all.flatMap(([stack, environment]) => sources(stack, environment, byName)),
    ...circles(all),
    ...all.flatMap(([stack, environment]) => previews(stack, environment, byName)),
  ];
}

function sources(
  stack: string,
  { data }: EnvironmentRules,
  byName: Map<string, EnvironmentRules>,
): SystemMismatch[] {
  return data.restoredFrom.flatMap((name, index): SystemMismatch[] => {
    const at = { stack, path: ["data", "restoredFrom", index] };
    const source = byName.get(name);
    if (!source) {
      const known = [...byName.keys()];
      return [
        {
          ...at,
          says: `is '${name}', which is no environment; accepted: ${known.join(", ")}${didYouMean(name, known)}`,
        },
      ];
    }
    if (data.protected && !source.data.protected) {
      return [
        {
          ...at,
          says: `is '${name}', whose data is not protected, but here it is; accepted: environments with data.protected: true`,
        },
      ];
    }
    return [];
  });
}

function circles(all: [string, EnvironmentRules][]): SystemMismatch[] {
  const graph = new Map(all.map(([, { name, data }]) => [name, data.restoredFrom]));
  return cycles(graph).flatMap((cycle): SystemMismatch[] => {
    const [first = "", second = first] = cycle;
    const [stack, environment] = all.find(([, { name }]) => name === first) ?? [];
    if (stack === undefined || !environment) return [];
    return [
      {
        stack,
        path: ["data", "restoredFrom", environment.data.restoredFrom.indexOf(second)],
        says: `is '${second}', to which data flows from here: ${[...cycle, first].join(" ← ")}; accepted: data that flows in one direction`,
      },
    ];
  });
}

function previews(
  stack: string,
  { name: own, release }: EnvironmentRules,
  byName: Map<string, EnvironmentRules>,
): SystemMismatch[] {
  const name = release.api?.previews?.database;
  if (name === undefined) return [];
  const at = { stack, path: ["release", "api", "previews", "database"] };
  const environment = byName.get(name);
  if (!environment) {
    const known = [...byName.keys()];
    return [
      {
        ...at,
        says: `is '${name}', which is no environment; accepted: ${known.join(", ")}${didYouMean(name, known)}`,
      },
    ];
  }
  if (environment.data.protected)
    return [
      { ...at, says: `is '${name}', whose data is protected; accepted: an environment whose data is not` },
    ];
  return name === own
    ? []
    : [
        {
          ...at,
          says: `is '${name}', but previews are like ${own} and share no other's; accepted: ${own}`,
        },
      ];
}
