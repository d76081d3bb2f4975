import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * What the package `cloudamqp` 3 says of the resource types that are played. Any other type is
 * refused. Its schema states no replacement, as the provider decides by the values: see `replaces`
 * of the kind.
 */
export const facts = {
  "cloudamqp:index/instance:Instance": {
    required: ["plan", "region"],
    optional: [
      "copySettings",
      "keepAssociatedVpc",
      "name",
      "noDefaultAlarms",
      "nodes",
      "preferredAzs",
      "rmqVersion",
      "tags",
      "vpcId",
      "vpcSubnet",
    ],
    computed: [
      "apikey",
      "backend",
      "credentials",
      "dedicated",
      "host",
      "hostInternal",
      "ready",
      "url",
      "vhost",
    ],
    replaces: [],
    secrets: ["apikey", "credentials", "url"],
  },
} as const satisfies ByType<Facts>;
