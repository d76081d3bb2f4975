import type { Mismatch } from "../../environment/mismatch";
import type { EnvironmentSpec } from "../../environment/schema/environment";

/** What previews of pull requests need of the environment that they are like. */
export function previewChecks({ api, database, release }: EnvironmentSpec): Mismatch[] {
  const { previews, tracks } = release.api ?? {};
  if (!previews) return [];
  const path = ["release", "api", "previews"];
  if (api?.via !== "heroku") {
    const is = api ? `api.via is '${api.via}'` : "there is no 'api' section";
    return [
      {
        path,
        says: `makes an app at Heroku for each pull request, but ${is}; accepted with api.via: heroku`,
      },
    ];
  }
  if (tracks === "nothing") {
    return [
      {
        path,
        says: "is a workflow beside those of release.api, which deploys nothing here; accepted with a release.api that tracks something",
      },
    ];
  }
  return previews.database !== undefined && !database
    ? [
        {
          path: [...path, "database"],
          says: `is '${previews.database}', but there is no 'database' section whose database could be shared; accepted: none`,
        },
      ]
    : [];
}
