import { type Component, detail, fact, nameFact, type Reader } from "../component";

/** The message broker, whichever way it is billed. */
export const readBroker: Reader = ({ broker: spec }, deployed): Component | undefined => {
  const addon = deployed.one("heroku:addon/addon:Addon", "broker");
  const made = addon ?? deployed.one("cloudamqp:index/instance:Instance", "broker");
  if (!spec || !made) return undefined;
  const { name, plan, region } = made.inputs;
  return {
    role: "broker",
    vendor: "CloudAMQP",
    name: nameFact(addon ? "add-on" : "instance", name, addon ? ["api", "app"] : ["broker", "name"]),
    facts: [
      ...fact("plan", String(plan).split(":").at(-1), ["broker", "plan"]),
      ...detail("billed by", addon ? "Heroku" : "CloudAMQP", ["broker", "via"]),
      ...fact("region", region, ["broker", "region"]),
    ],
    marks: made.protected ? ["protected"] : [],
  };
};
