import type { Mark, Role } from "../model/component";
import type { ComparedComponent, ComparedFact, EnvironmentView } from "../model/topology";
import { withRole } from "../model/topology";
import { widthOf, wrapped } from "./text";

/** Sizes in pixels. */
export const SIZE = {
  column: 187,
  pad: 14,
  gutter: 38,
  head: 64,
  boxHead: 42,
  line: 15,
  left: 17,
  right: 10,
  gap: 22,
  arrow: 40,
  name: 12,
  label: 11,
  value: 11,
} as const;

/** A line of a box: the same place in every environment, so that the eye can compare. */
export interface Row {
  kind: "marks" | "name" | "fact";
  label: string;
  /** From the top of the box. */
  top: number;
  height: number;
  /** The value stands below its label, since it does not fit beside it in every environment. */
  stacked: boolean;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  rows: Row[];
}

/**
 * Where everything stands in the drawing of an environment: the same for all environments of a
 * system.
 */
export interface Plan {
  width: number;
  height: number;
  boxes: ReadonlyMap<Role, Box>;
  sources: ReadonlyMap<"api" | "gui", Box>;
  /** Where the lines from the API to what it reaches run down. */
  trunk: number;
}

const LEFT = ["gui", "errors", "bucket"] as const satisfies Role[];
const RIGHT = ["api", "database", "broker"] as const satisfies Role[];

/** Finds a place for everything that any of the environments has. */
export function planOf(environments: readonly EnvironmentView[]): Plan {
  const roles = new Set(environments.flatMap(({ components }) => components.map(({ role }) => role)));
  const columns = [LEFT, RIGHT].map((column) => column.filter((role) => roles.has(role)));
  const used = columns.filter((column) => column.length > 0);
  const boxes = new Map<Role, Box>();
  const sources = new Map<"api" | "gui", Box>();
  const places = placesOf(used.length);
  const sourceHeight = Math.max(
    0,
    ...environments.flatMap(({ sources }) =>
      sources.map((source) => heightOfSource(source.repository, places.width)),
    ),
  );
  const top = SIZE.head + (sourceHeight > 0 ? sourceHeight + SIZE.arrow : 0);
  let bottom = top;
  used.forEach((column, index) => {
    const x = places.x[index] ?? SIZE.pad;
    let y = top;
    for (const role of column) {
      const { rows, height } = rowsOf(role, environments, places.width);
      boxes.set(role, { x, y, width: places.width, height, rows });
      y += height + SIZE.gap;
    }
    bottom = Math.max(bottom, y);
  });
  for (const to of ["api", "gui"] as const) {
    const target = boxes.get(to);
    if (target) sources.set(to, { ...target, y: SIZE.head, height: sourceHeight, rows: [] });
  }
  if (roles.has("dns")) {
    const width = places.panel - 2 * SIZE.pad;
    const { rows, height } = rowsOf("dns", environments, width);
    boxes.set("dns", { x: SIZE.pad, y: bottom, width, height, rows });
    bottom += height + SIZE.gap;
  }
  return { width: places.panel, height: bottom - SIZE.gap + SIZE.pad, boxes, sources, trunk: places.trunk };
}

function placesOf(columns: number) {
  const { column, pad, gutter } = SIZE;
  if (columns < 2) {
    return {
      panel: 2 * pad + gutter + column + 60,
      x: [pad + gutter],
      width: column + 60,
      trunk: pad + gutter / 2,
    };
  }
  const panel = 2 * (pad + column) + gutter;
  return { panel, x: [pad, pad + column + gutter], width: column, trunk: panel / 2 };
}

/** The repository's name in lines of a source's box. */
export function sourceLines(repository: string, width: number): string[] {
  return wrapped(repository, width - SIZE.left - SIZE.right, SIZE.value, "mono");
}

function heightOfSource(repository: string, width: number): number {
  return SIZE.boxHead - 12 + sourceLines(repository, width).length * SIZE.line + 8;
}

function rowsOf(
  role: Role,
  environments: readonly EnvironmentView[],
  width: number,
): { rows: Row[]; height: number } {
  const components = environments
    .map((environment) => withRole(environment.components, role))
    .filter((component) => component !== undefined);
  const inner = width - SIZE.left - SIZE.right;
  const rows: Row[] = [];
  let top = SIZE.boxHead;
  const add = (kind: Row["kind"], label: string, height: number, stacked = false) => {
    rows.push({ kind, label, top, height, stacked });
    top += height;
  };
  if (components.some(({ marks }) => marks.length > 0)) add("marks", "", 24);
  const names = components.map(({ name }) => nameLines(name.value, width).length);
  add("name", "", Math.max(...names) * (SIZE.line + 1) + 5);
  for (const label of labelsOf(components)) {
    const facts = components.flatMap((component) => component.facts.filter((fact) => fact.label === label));
    const stacked = facts.some(
      ({ value }) => widthOf(label, SIZE.label, "sans") + 8 + widthOf(value, SIZE.value, "mono") > inner,
    );
    const lines = stacked ? 1 + Math.max(...facts.map(({ value }) => valueLines(value, width).length)) : 1;
    add("fact", label, lines * SIZE.line + 5, stacked);
  }
  return { rows, height: top + 6 };
}

/**
 * The facts of a component that are drawn: all that differ, and of the others those that are no
 * detail.
 */
function labelsOf(components: readonly ComparedComponent[]): string[] {
  const drawn = (fact: ComparedFact) => fact.differs || !fact.detail;
  return [...new Set(components.flatMap(({ facts }) => facts.filter(drawn).map(({ label }) => label)))];
}

/** A component's name in lines of its box. */
export function nameLines(value: string, width: number): string[] {
  return wrapped(value, width - SIZE.left - SIZE.right, SIZE.name, "mono");
}

/** A fact's value in lines of its box. */
export function valueLines(value: string, width: number): string[] {
  return wrapped(value, width - SIZE.left - SIZE.right, SIZE.value, "mono");
}

/** What the marks are called. */
export const MARKS: Readonly<Record<Mark, string>> = { protected: "protected", public: "public" };
