import type { Vendor } from "../../vendor";
import { instance } from "./instance";

/** CloudAMQP behind the package `cloudamqp`, as one team's account sees it. */
export const cloudamqp: Vendor = {
  name: "cloudamqp",
  version: "3.34.0",
  // A rotated key must still find what was made with the old one.
  caller: (config) => ({ account: "cloudamqp", config }),
  kinds: { "cloudamqp:index/instance:Instance": instance },
};
