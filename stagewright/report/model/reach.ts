import { references } from "../../environment/references";
import type { EnvironmentSpec } from "../../environment/schema/environment";
import type { Role } from "./component";

/** One component that calls another one. */
export interface Reach {
  from: Role;
  to: Role;
}

/**
 * Who reaches whom: a program reaches what its variables give it the address of, and the API its
 * database and its broker, whose addresses Heroku provides. That the API knows the GUI's address
 * (for CORS and links) is no call.
 */
export function reachOf({ api, gui, database, broker }: EnvironmentSpec): Reach[] {
  const reached = (from: Role, variables: Record<string, string> = {}): Reach[] => {
    const named = new Set(
      Object.values(variables)
        .flatMap(references)
        .map(({ component }) => component),
    );
    return CALLED.filter((to) => to !== from && named.has(to)).map((to) => ({ from, to }));
  };
  return [
    ...reached("gui", gui?.variables),
    ...(api && database ? [{ from: "api", to: "database" } as const] : []),
    ...(api && broker ? [{ from: "api", to: "broker" } as const] : []),
    ...reached("api", api?.variables),
  ];
}

const CALLED = ["api", "bucket", "errors"] as const satisfies Role[];
