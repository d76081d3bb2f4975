import { cloudamqpInstancePlans, cloudamqpRegion } from "../../../environment/vendors/cloudamqp";
import { form, type Schema, words } from "../../schema";
import type { facts } from "./facts";

/**
 * As the provider's code says:
 * https://github.com/cloudamqp/terraform-provider-cloudamqp/blob/main/cloudamqp/resource_cloudamqp_instance.go
 */
export const schemas: Record<keyof typeof facts, Schema> = {
  "cloudamqp:index/instance:Instance": {
    keeps: ["nodes", "noDefaultAlarms", "rmqVersion", "vpcId", "vpcSubnet"],
    defaults: { keepAssociatedVpc: false },
    sets: ["copySettings"],
    // The provider asks the vendor for both while it compares, also in a preview.
    accepts: {
      plan: words(...cloudamqpInstancePlans),
      region: form(cloudamqpRegion.pattern, `Invalid region, not ${cloudamqpRegion.accepted}`),
    },
  },
};
