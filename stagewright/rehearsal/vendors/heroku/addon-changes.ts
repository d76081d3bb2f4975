import type { Properties } from "../../../../providers/protocol/provider";
import { cloudamqpSharedPlans } from "../../../environment/vendors/cloudamqp";
import type { Refusal } from "../../vendor";
import { error } from "./api";

/** The changes to an existing add-on that Heroku, or the partner behind it, refuses. */
export function refusesAddonChange(before: Properties, after: Properties): Refusal | undefined {
  const [[service, plan], [newService, newPlan]] = [bought(before), bought(after)];
  if (newService !== service) return otherService(service, newService);
  if (service === "heroku-postgresql" && isEssential(plan) !== isEssential(newPlan))
    return tier(plan, newPlan);
  if (service === "cloudamqp" && isShared(plan) !== isShared(newPlan)) return dedication(plan, newPlan);
  const isRenamed = after.name !== undefined && after.name !== before.name;
  return isRenamed && plan === newPlan ? rename(String(before.name), String(after.name)) : undefined;
}

/** Splits `heroku-postgresql:standard-0` into service and plan. */
export function bought({ plan }: Properties): [service: string, plan: string] {
  const [service = "", name = ""] = String(plan).split(":");
  return [service, name];
}

/** Whether a plan of Heroku Postgres is of the Essential tier. */
export function isEssential(plan: string): boolean {
  return plan.startsWith("essential-");
}

function isShared(plan: string): boolean {
  return cloudamqpSharedPlans.includes(plan);
}

// https://devcenter.heroku.com/articles/platform-api-reference#add-on-update: another plan of the
// same service
function otherService(before: string, after: string): Refusal {
  return {
    says: error(422, `Cannot change the add-on from ${before} to ${after}.`),
    instead: "Make the other one beside it, move what it holds, and take this one out last.",
  };
}

// https://devcenter.heroku.com/articles/updating-heroku-postgres-databases: addons:upgrade within
// the Essential tier or within the tiers above it; pg:copy between them
function tier(before: string, after: string): Refusal {
  return {
    says: error(
      422,
      `Cannot change the plan from ${before} to ${after}: no database moves between the Essential tier and the tiers above it.`,
    ),
    instead:
      "Instead make the new database beside it, copy with `heroku pg:copy`, promote with `heroku pg:promote`, and let Pulumi manage that one: docs/operations.md, Another add-on in place of one.",
  };
}

// https://www.cloudamqp.com/docs/cluster_migration.html: no automatic change between shared and
// dedicated plans
function dedication(before: string, after: string): Refusal {
  return {
    says: error(
      422,
      `Cannot change the plan from ${before} to ${after}: CloudAMQP has no way between a shared and a dedicated plan.`,
    ),
    instead:
      "Instead make the new broker beside it, let the queues of the old one run empty, and let Pulumi manage the new one: docs/operations.md, Another add-on in place of one.",
  };
}

// The provider sends the plan with every update, and an empty one if the plan is unchanged:
// https://github.com/heroku/terraform-provider-heroku/blob/master/heroku/resource_heroku_addon.go
// and `AddOnUpdateOpts` in https://github.com/heroku/heroku-go/blob/master/v6/heroku.go, whose
// `plan` is sent even if it is empty.
function rename(before: string, after: string): Refusal {
  return {
    says: error(422, `Couldn't find either the add-on service or the add-on plan of "".`),
    instead: `The provider cannot rename the add-on ${before}: run \`heroku addons:rename ${before} ${after}\`, and the next \`pulumi up\` finds it under its new name.`,
  };
}
