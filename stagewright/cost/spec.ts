import { databasePlan } from "../environment/platforms";
import type { ApiSpec } from "../environment/schema/api";
import type { BrokerSpec } from "../environment/schema/broker";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { Purchase } from "./purchase";

/**
 * Returns the purchases of an environment from its declaration alone. The created resources yield
 * the same purchases (`stagewright/cost/resources.ts`): the tests compare the two for every stack.
 */
export function purchasesOfSpec(spec: EnvironmentSpec): Purchase[] {
  const { api, broker, gui, errors, bucket, dns } = spec;
  return [
    ...(api ? [...machines(api, spec), ...databases(api, spec)] : []),
    ...(broker && broker.via !== "shared" ? brokers(broker) : []),
    ...(gui ? [accountWide("gui", "Netlify site")] : []),
    ...(errors && !errors.existing ? [accountWide("errors", "Sentry project")] : []),
    ...(api || gui ? [accountWide("release", "GitHub repository")] : []),
    ...(bucket ? [byUse("bucket", "bucket")] : []),
    ...(bucket?.logs ? [byUse("bucket.logs", "bucket")] : []),
    ...(dns?.via === "route53" ? [byUse("dns", "records")] : []),
  ];
}

function machines(api: ApiSpec, spec: EnvironmentSpec): Purchase[] {
  if (api.via === "heroku") {
    return Object.entries(api.processes).map(([type, { size, quantity }]) => ({
      name: `api.processes.${type}`,
      product: "Heroku dyno",
      plan: size,
      quantity,
    }));
  }
  const size = { plan: api.size, quantity: 1 };
  return [
    { name: "api.size", product: "DigitalOcean droplet", ...size },
    ...((api.backups ?? spec.data.protected)
      ? [{ name: "api.backups", product: "DigitalOcean droplet backups", ...size } as const]
      : []),
    { name: "api", product: "DigitalOcean reserved address", plan: "assigned", quantity: 1 },
    ...(api.alerts ? [uptimeCheck, uptimeCheck] : []), // of the API, and of its processes
  ];
}

const uptimeCheck: Purchase = {
  name: "api.alerts",
  product: "DigitalOcean uptime check",
  plan: "check",
  quantity: 1,
};

function databases(api: ApiSpec, { database }: EnvironmentSpec): Purchase[] {
  if (!database || database.shared) return [];
  const plan = databasePlan(api, database);
  const product = api.via === "heroku" ? "Heroku Postgres" : "DigitalOcean Postgres node";
  const followers = { name: "database.followers", product, plan, quantity: database.followers } as const;
  return [{ name: "database", product, plan, quantity: 1 }, ...(database.followers > 0 ? [followers] : [])];
}

function brokers(broker: BrokerSpec): Purchase[] {
  switch (broker.via) {
    case "shared":
      return [];
    case "heroku":
      return [{ name: "broker", product: "CloudAMQP add-on", plan: broker.plan, quantity: 1 }];
    case "cloudamqp":
      return [{ name: "broker", product: "CloudAMQP instance", plan: broker.plan, quantity: 1 }];
  }
}

function accountWide(
  name: string,
  product: "Netlify site" | "Sentry project" | "GitHub repository",
): Purchase {
  return { name, product, plan: "the account's plan", quantity: 1 };
}

function byUse(name: string, plan: "bucket" | "records"): Purchase {
  return { name, product: "AWS", plan, quantity: 1 };
}
