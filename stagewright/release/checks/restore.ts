import type { Mismatch } from "../../environment/mismatch";
import { didYouMean } from "../../environment/problems";
import type { EnvironmentSpec } from "../../environment/schema/environment";

/** What a restore of data from other environments cannot be. */
export function restoreChecks({ data, api, database, release }: EnvironmentSpec): Mismatch[] {
  const { restore, restoredFrom } = data;
  if (!restore) return [];
  const at = ["data", "restore"];
  if (!api || !database) {
    const missing = api ? "database" : "api";
    return [{ path: at, says: `puts data into the database, but there is no '${missing}' section` }];
  }
  if (api.via !== "heroku") {
    return [
      {
        path: at,
        says: `has Heroku copy from database to database, but api.via is '${api.via}'; accepted with api.via: heroku`,
      },
    ];
  }
  if (!release.api || release.api.tracks === "nothing") {
    return [
      {
        path: at,
        says: "is a workflow beside those of release.api, which deploys nothing here; accepted with a release.api that tracks something",
      },
    ];
  }
  const { owner } = release.api;
  const strangers = Object.keys(restore.sources)
    .filter((source) => !restoredFrom.includes(source))
    .map((source) => ({
      path: [...at, "sources", source],
      says: `is none of data.restoredFrom, and data flows in no other direction; accepted: ${restoredFrom.join(", ") || "none is stated"}${didYouMean(source, restoredFrom)}`,
    }));
  return owner === undefined || owner === restore.by
    ? strangers
    : [
        ...strangers,
        {
          path: [...at, "by"],
          says: `is '${restore.by}', but the environment is '${owner}''s own; accepted: ${owner}`,
        },
      ];
}
