import { cloudamqpInstancePlans, cloudamqpRegion } from "../../../environment/vendors/cloudamqp";
import { form, type Schema, words } from "../../schema";
import type { facts } from "./facts";

/**
 * From the provider's code:
 * https://github.com/cloudamqp/terraform-provider-cloudamqp/blob/main/cloudamqp/resource_cloudamqp_instance.go
 */
export const schemas: Record<keyof typeof facts, Schema> = {
  "cloudamqp:index/instance:Instance": {
    keeps: ["nodes", "noDefaultAlarms", "rmqVersion", "vpcId", "vpcSubnet"],
    defaults: { keepAssociatedVpc: false },
    sets: ["copySettings"],
    // The provider requests both from the vendor while it compares, even in a preview.
    accepts: {
      plan: words(...cloudamqpInstancePlans),
      region: form(cloudamqpRegion.pattern, `Invalid region, not ${cloudamqpRegion.accepted}`),
    },
  },
};
