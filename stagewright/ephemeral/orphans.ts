import { leaves, valueAt } from "../environment/merge";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { stackOf } from "./names";
import { patchFor } from "./patch";
import type { Marked } from "./stacks";

/**
 * The environment whose names are tried: any will do, as only what stands around it is looked at.
 */
const ANY = "any";

/**
 * Of what carries the mark of an ephemeral environment: that which is this system's and which no
 * stack owns.
 *
 * @param likes the system's environments, which say how its physical names begin and which
 *   repositories it has
 * @param stacks the stacks of the ephemeral environments that there are
 */
export function orphansIn(
  marked: readonly Marked[],
  likes: readonly EnvironmentSpec[],
  stacks: readonly string[],
): Marked[] {
  const beginnings = new Set(likes.flatMap(beginningsOf));
  const repositories = likes.flatMap(({ api, gui }) => [api?.repository, gui?.repository]);
  return marked.filter(({ name, environment, place }) => {
    const before = name.slice(0, name.indexOf(environment));
    const ours =
      before === ""
        ? place !== undefined && repositories.includes(place) // a GitHub environment is called like the stack
        : [...beginnings].some((beginning) => before === beginning || before.endsWith(`-${beginning}`));
    return ours && !stacks.includes(environment);
  });
}

// How the names begin that an environment like this one gets: `dandi-api-` of `dandi-api-eph-any`.
function beginningsOf(like: EnvironmentSpec): string[] {
  const patch = patchFor(like, {
    name: ANY,
    follow: false,
    database: "empty",
    broker: "own",
    bucket: "own",
    set: {},
  });
  const marked = leaves(patch)
    .map((path) => valueAt(patch, path))
    .filter((value): value is string => typeof value === "string" && value.includes(stackOf(ANY)));
  return marked.map((value) => value.slice(0, value.indexOf(stackOf(ANY)))).filter((before) => before !== "");
}
