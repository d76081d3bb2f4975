import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { instance } from "./instance";
import { members } from "./members";
import { schemas } from "./schema";

/** CloudAMQP behind the package `cloudamqp`, from the view of one team's account. */
export const cloudamqp: Vendor = {
  name: "cloudamqp",
  version: "3.34.0",
  // A rotated key must still find the resources created with the old one.
  caller: (config) => ({ account: "cloudamqp", config }),
  kinds: withSchemas({ "cloudamqp:index/instance:Instance": instance }, schemas, members),
};
