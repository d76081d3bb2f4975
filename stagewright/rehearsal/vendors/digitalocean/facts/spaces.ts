import type { ByType } from "../../../../resources/types";
import type { Facts } from "../../../vendor";

/** Object storage, from the schema of the package `digitalocean` 4. */
export const spaces = {
  "digitalocean:index/spacesBucket:SpacesBucket": {
    required: [],
    optional: ["acl", "corsRules", "forceDestroy", "lifecycleRules", "name", "region", "versioning"],
    computed: ["bucketDomainName", "bucketUrn", "endpoint"],
    replaces: ["region"],
    secrets: [],
  },
  "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy": {
    required: ["bucket", "policy", "region"],
    optional: [],
    computed: [],
    replaces: ["bucket", "region"],
    secrets: [],
  },
  "digitalocean:index/spacesKey:SpacesKey": {
    required: [],
    optional: ["grants", "name"],
    computed: ["accessKey", "createdAt", "secretKey"],
    replaces: [],
    secrets: ["secretKey"],
  },
} as const satisfies ByType<Facts>;
