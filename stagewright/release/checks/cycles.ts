type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The circles of a graph, the shortest of each tangle, from its alphabetically first name on.
 * @param graph the names that each name leads to
 */
export function cycles(graph: Graph): string[][] {
  const found: string[][] = [];
  const all = [...graph.keys()].map((name) => way(graph, name, name)).filter((cycle) => cycle !== undefined);
  for (const cycle of all.sort((a, b) => a.length - b.length)) {
    const [start = ""] = cycle;
    // What leads to a circle that is told already is another look at the same knot.
    if (found.some((told) => told.some((name) => name === start || way(graph, start, name)))) continue;
    const first = cycle.indexOf([...cycle].sort()[0] ?? start);
    found.push([...cycle.slice(first), ...cycle.slice(0, first)]);
  }
  return found;
}

// The shortest way from a name to another, without that one at its end.
function way(graph: Graph, start: string, goal: string): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (let here = ways.shift(); here !== undefined; here = ways.shift()) {
    for (const next of graph.get(here.at(-1) ?? start) ?? []) {
      if (next === goal) return here;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...here, next]);
    }
  }
  return undefined;
}
