import { merge, type Tree } from "../../stagewright/environment/merge";
import { environment } from "../../stagewright/environment/schema/environment";
import type { StackDeployed } from "../../stagewright/report/model/topology";
import type { DeployedResource } from "../../stagewright/resources/deployment";
import type { ResourceType } from "../../stagewright/resources/types";

/** The base of a small system: an API with a database, no GUI and no broker. */
const SMALL: Tree = {
  name: "production",
  data: { protected: true },
  api: {
    via: "heroku",
    app: "small",
    buildpacks: ["heroku/nodejs"],
    repository: "example/small",
    processes: { web: { size: "basic", quantity: 1 } },
  },
  database: { plan: "essential-0", version: "16" },
  release: { api: { tracks: "releases", token: "herokuToken" } },
};

/**
 * A stack of that system with what the engine would have made of it, its differences on the lines
 * from 1.
 */
export function stackOf(stack: string, differs: Tree, more: readonly DeployedResource[] = []): StackDeployed {
  const spec = environment.parse(merge(SMALL, differs));
  const files = {
    stack,
    spec,
    differs,
    place: (path: readonly PropertyKey[]) => ({
      file: `Pulumi.${stack}.yaml:${Object.keys(differs).indexOf(String(path[0])) + 1}`,
      key: path.join("."),
    }),
  };
  const { api, database, data } = spec;
  const processes = Object.entries(api?.processes ?? {});
  return {
    files,
    resources: [
      ...(api?.via === "heroku"
        ? [
            resource(
              "heroku:app/app:App",
              "api",
              { name: api.app, stack: api.stack, region: api.region },
              data.protected,
            ),
          ]
        : []),
      ...processes.map(([type, process]) =>
        resource("heroku:formation/formation:Formation", `api-${type}`, { type, ...process }),
      ),
      ...(database
        ? [
            resource(
              "heroku:addon/addon:Addon",
              "database",
              {
                name: `${api?.app}-database`,
                plan: `heroku-postgresql:${database.plan}`,
                config: { version: database.version },
              },
              data.protected,
            ),
          ]
        : []),
      ...more,
    ],
  };
}

/** A resource as it stands in a deployment. */
export function resource(type: ResourceType, name: string, inputs: Tree, protect = false): DeployedResource {
  return { urn: `urn:pulumi:stack::small::${type}::${name}`, type, custom: true, inputs, protect };
}
