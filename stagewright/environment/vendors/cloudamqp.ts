const nodes = (name: string, ...counts: number[]) => counts.map((count) => `${name}-${count}`);

/** Plans on servers shared with other customers. */
export const cloudamqpSharedPlans = ["lemur", "tiger", "lemming", "ermine"];

/**
 * https://www.cloudamqp.com/plans.html: first RabbitMQ plans, then (from `lemming`) LavinMQ plans.
 */
export const cloudamqpInstancePlans = [
  "lemur",
  "tiger",
  ...nodes("squirrel", 1),
  ...nodes("hare", 1, 3),
  ...nodes("bunny", 1, 3),
  ...nodes("rabbit", 1, 3, 5),
  ...nodes("panda", 1, 3, 5),
  ...nodes("ape", 1, 3, 5),
  ...nodes("hippo", 1, 3, 5),
  ...nodes("lion", 1, 3, 5),
  ...nodes("rhino", 1),
  "lemming",
  "ermine",
  ...["puffin", "penguin", "lynx", "wolverin", "reindeer", "bear", "orca"].flatMap((name) =>
    nodes(name, 1, 3, 5),
  ),
];

/** Returns the software that a plan runs. */
export function cloudamqpBackend(plan: string): "rabbitmq" | "lavinmq" {
  const first = cloudamqpInstancePlans.indexOf("lemming");
  return cloudamqpInstancePlans.indexOf(plan) < first ? "rabbitmq" : "lavinmq";
}

/**
 * The versions that a new instance runs. https://www.cloudamqp.com/docs/rabbitmq-version.html and
 * https://www.cloudamqp.com/docs/lavinmq.html
 */
export const cloudamqpVersions = { rabbitmq: "4.1.4", lavinmq: "2.4.0" } as const;

/** `<platform>::<region>`, https://docs.cloudamqp.com/index.html#tag/regions */
export const cloudamqpRegion = {
  pattern: /^(amazon-web-services|azure-arm|google-compute-engine|digital-ocean)::[a-z0-9-]+$/,
  accepted: "a CloudAMQP region such as amazon-web-services::us-east-1",
};
