import { linesOf } from "../../parity/differs";
import type { StackFiles } from "../../project/project";
import type { DeployedResource } from "../../resources/deployment";
import type { Component, Fact, Mark, Reader, Role } from "./component";
import { Deployed } from "./deployed";
import { type Reach, reachOf } from "./reach";
import { readApi } from "./roles/api";
import { readBroker } from "./roles/broker";
import { readBucket } from "./roles/bucket";
import { readDatabase } from "./roles/database";
import { readDns } from "./roles/dns";
import { readErrors } from "./roles/errors";
import { readGui } from "./roles/gui";
import { type Source, sourcesOf } from "./source";

/** A stack and what the engine made of it. */
export interface StackDeployed {
  files: Pick<StackFiles, "stack" | "spec" | "differs" | "place">;
  /** As `pulumi stack export` gives them; secrets in them are never shown. */
  resources: readonly DeployedResource[];
}

/**
 * Whether something is the same in all environments that have it, and where a difference is stated.
 */
interface Compared {
  differs: boolean;
  /**
   * `Pulumi.staging.yaml:16`; empty where it is equal, or follows from something else that is
   * stated.
   */
  stated: string[];
}

export type ComparedFact = Fact & Compared;
export type ComparedSource = Source & Compared;

export interface ComparedComponent extends Component {
  name: ComparedFact;
  facts: ComparedFact[];
  /** Marks that not all environments have on this component. */
  unevenMarks: Mark[];
  /** Whether there is an environment without it. */
  missingElsewhere: boolean;
}

/** One environment to be drawn. */
export interface EnvironmentView {
  stack: string;
  /** The environment's own name, which a stack may leave as its own. */
  name: string;
  /** How many differences its file states. */
  stated: number;
  protected: boolean;
  components: ComparedComponent[];
  sources: ComparedSource[];
  reach: Reach[];
}

/** All environments of a system, side by side: the base last, those that differ most first. */
export interface Topology {
  system: string;
  environments: EnvironmentView[];
}

const READERS: readonly Reader[] = [
  readGui,
  readApi,
  readDatabase,
  readBroker,
  readBucket,
  readErrors,
  readDns,
];

/** What a report draws of a system, from what its stacks state and what the engine made of them. */
export function topologyOf(system: string, stacks: readonly StackDeployed[]): Topology {
  const read = [...stacks]
    .sort((a, b) => statedBy(b) - statedBy(a) || (a.files.stack < b.files.stack ? -1 : 1))
    .map((stack) => ({ ...stack, ...partsOf(stack) }));
  const all = read.map(({ components }) => components);
  const sources = read.map((each) => each.sources);
  const place = placesIn(stacks);
  return {
    system,
    environments: read.map(({ files, components, sources: own }) => ({
      stack: files.stack,
      name: files.spec.name,
      stated: linesOf(files).length,
      protected: files.spec.data.protected,
      components: components.map((component) => comparedComponent(component, all, place)),
      sources: own.map((source) => {
        const others = sources.map((each) => each.find(({ to }) => to === source.to));
        const differs = others.some(
          (other) => other?.tracks !== source.tracks || other.repository !== source.repository,
        );
        return { ...source, differs, stated: differs ? place(source.path) : [] };
      }),
      reach: reachOf(files.spec),
    })),
  };
}

function partsOf({ files: { spec }, resources }: StackDeployed) {
  const deployed = new Deployed(resources);
  const components = READERS.map((read) => read(spec, deployed)).filter((found) => found !== undefined);
  return { components, sources: sourcesOf(spec) };
}

function comparedComponent(
  component: Component,
  all: readonly (readonly Component[])[],
  place: (path: readonly string[]) => string[],
): ComparedComponent {
  const found = all.map((components) => withRole(components, component.role));
  const alike = found.filter((other) => other !== undefined);
  const compared = (fact: Fact): ComparedFact => {
    const values = alike.map((other) => valueIn(other, fact.label));
    const differs = values.some((value) => value !== fact.value);
    return { ...fact, differs, stated: differs ? place(fact.path) : [] };
  };
  const name = compared(component.name);
  const facts = component.facts.map(compared);
  const unevenMarks = (["protected", "public"] as const).filter(
    (mark) => new Set(alike.map((other) => other.marks.includes(mark))).size > 1,
  );
  return { ...component, name, facts, unevenMarks, missingElsewhere: alike.length < found.length };
}

/** The component of a role among some. */
export function withRole<T extends Component>(components: readonly T[], role: Role): T | undefined {
  return components.find((component) => component.role === role);
}

function valueIn({ name, facts }: Component, label: string): string | undefined {
  return [name, ...facts].find((fact) => fact.label === label)?.value;
}

function statedBy({ files }: StackDeployed): number {
  return linesOf(files).length;
}

// The lines that state a path, something above it, or something inside it.
function placesIn(stacks: readonly StackDeployed[]): (path: readonly string[]) => string[] {
  return (path) =>
    stacks.flatMap(({ files }) =>
      linesOf(files)
        .filter((line) => line.path.every((step, index) => index >= path.length || step === path[index]))
        .map((line) => line.place),
    );
}
