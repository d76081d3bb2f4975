import type { ByType } from "../../../resources/types";
import type { Facts } from "../../vendor";

/**
 * The facts of the package `cloudamqp` 3 about the played resource types. Any other type is
 * refused. Its schema marks no replacements because the provider decides by the values: see
 * `replaces` of the kind.
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
