import { z } from "zod";
import { cloudamqpInstancePlans, cloudamqpRegion } from "../vendors/cloudamqp";
import { cloudamqpAddonPlans } from "../vendors/heroku";
import { addonName, sharedAddon } from "./shared";

const addon = z.strictObject({
  via: z.literal("heroku").describe("As an add-on of the Heroku app, billed by Heroku; sets CLOUDAMQP_URL."),
  name: addonName
    .optional()
    .describe(
      "Name of the add-on, from when it is made on: no later change of it, or of api.app, renames it. Default: the name of the app at that time, and -broker.",
    ),
  plan: z
    .enum(cloudamqpAddonPlans)
    .describe("Plan of the add-on. https://elements.heroku.com/addons/cloudamqp"),
});

const instance = z.strictObject({
  via: z.literal("cloudamqp").describe("As an instance in a CloudAMQP account of one's own."),
  plan: z.enum(cloudamqpInstancePlans).describe("Plan of the instance. https://www.cloudamqp.com/plans.html"),
  name: z.string().min(1).max(64).describe("Name of the instance in the CloudAMQP account."),
  region: z
    .string()
    .regex(cloudamqpRegion.pattern, cloudamqpRegion.accepted)
    .describe("Platform and region of the instance; changing it replaces the instance."),
});

const shared = sharedAddon.extend({
  via: z
    .literal("shared")
    .describe("The add-on of another environment is used, attached; sets CLOUDAMQP_URL."),
});

/** A broker that the environment owns. */
export const ownBroker = z.discriminatedUnion("via", [addon, instance]);

/** CloudAMQP, which only the API reaches, through `CLOUDAMQP_URL`. */
export const broker = z
  .discriminatedUnion("via", [addon, instance, shared])
  .describe("The message broker (CloudAMQP) of the API.");

export type OwnBrokerSpec = z.infer<typeof ownBroker>;
export type BrokerSpec = z.infer<typeof broker>;
