import type { Edit } from "./prepared";

/**
 * What all prepared changes start from: dandi with more rules than it needs, so that there is
 * something to take away.
 */
export const BASE: Edit = {
  environment: {
    bucket: { lifecycle: { expireOldVersionsAfterDays: 60 } },
    release: {
      timezone: "America/New_York",
      api: {
        window: "monday and tuesday 09:00-17:00",
        gates: { checks: { test: "any", lint: "any" }, approval: { by: ["team dandidevs"] } },
      },
    },
  },
  staging: {
    release: { api: { schedule: "daily 06:00", onRequest: true, window: null, gates: { approval: null } } },
  },
};
