import { parseTracks } from "../environment/schema/release/tracks";
import { needs } from "./checks/promotion";
import type { Deployable } from "./rules";
import { COMPONENTS, type Rules, rulesOf, type System } from "./rules";

/** An environment on a commit's way, and what must have happened to the commit before. */
export interface Stage {
  rules: Rules;
  /**
   * Environments that the commit must have passed, each once with everything that is asked of it
   * there.
   */
  after: { environment: string; asks: string[] }[];
}

/** The way of a component's commits through a system. */
export interface Chain {
  component: Deployable;
  /**
   * Each step's environments; a commit reaches one only after those of earlier steps that it waits
   * for.
   */
  steps: Stage[][];
}

/** The promotion chains of a system, by component. Its checks have seen that there is no circle. */
export function chainsOf(system: System): Chain[] {
  const all = Object.values(system).flatMap((environment) => rulesOf(system, environment));
  return COMPONENTS.flatMap((component) => {
    const peers = all.filter((rules) => rules.component === component);
    if (peers.length === 0) return [];
    const stages = peers.map((rules): Stage => ({ rules, after: afterOf(rules, peers) }));
    return [{ component, steps: inSteps(stages) }];
  });
}

function afterOf(rules: Rules, peers: readonly Rules[]): Stage["after"] {
  const found = new Map<string, Set<string>>();
  const add = (environment: string, asks: string) =>
    found.set(environment, (found.get(environment) ?? new Set<string>()).add(asks));
  for (const { environment, asks } of needs(rules)) add(environment, asks);
  const { promotion } = rules;
  for (const peer of peers) {
    const tracks = parseTracks(peer.tracks);
    if (promotion && tracks.kind === "branch" && tracks.branch === promotion.from)
      add(peer.environment, "merged");
  }
  return [...found].map(([environment, asks]) => ({ environment, asks: [...asks] }));
}

// The longest way to an environment is its step.
function inSteps(stages: readonly Stage[]): Stage[][] {
  const stepOf = ({ after }: Stage): number =>
    Math.max(
      0,
      ...after.flatMap(({ environment }) => {
        const before = stages.find(({ rules }) => rules.environment === environment);
        return before ? [stepOf(before) + 1] : [];
      }),
    );
  const steps: Stage[][] = [];
  for (const stage of stages) {
    const step = stepOf(stage);
    steps[step] = [...(steps[step] ?? []), stage];
  }
  return steps;
}
