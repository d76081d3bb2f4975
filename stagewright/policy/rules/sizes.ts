import { usd } from "../../cost/budget";
import { costOf } from "../../cost/cost";
import { quoted } from "../../environment/problems";
import { cloudamqpSharedPlans } from "../../environment/vendors/cloudamqp";
import { dynoTier } from "../../environment/vendors/heroku";
import type { ResourceState } from "../../resources/graph";
import { inputsOf, textAt } from "../resource";
import type { ResourceRule, StackRule } from "../rule";

/** What people rely on runs on what the vendor stands behind. */
export const productionSizes: ResourceRule = {
  name: "production-sizes",
  severity: "error",
  title: "An environment with protected data runs on plans that are made for production",
  because:
    "the smallest plans sleep, share a server, lose hours at a failure or have no way back to an earlier minute",
  fix: "a `standard` plan or above for Postgres, a dedicated one for the broker, `standard-1x` dynos or above; or state `data.protected: false`",
  source: "https://devcenter.heroku.com/articles/heroku-postgres-plans",
  each(resource, { stated }) {
    if (!stated.protected) return [];
    const says = tooSmall(resource);
    return says === undefined ? [] : [says];
  },
};

function tooSmall(resource: ResourceState): string | undefined {
  const inputs = inputsOf(resource);
  const plan = textAt(inputs, "plan") ?? "";
  const size = textAt(inputs, "size") ?? "";
  switch (resource.type) {
    case "heroku:formation/formation:Formation":
      // https://devcenter.heroku.com/articles/dyno-tiers: eco dynos sleep, and neither tier can run
      // two web dynos.
      return size !== "" && dynoTier(size.toLowerCase()) !== "professional"
        ? `runs on ${quoted(size)} dynos, which do not scale`
        : undefined;
    case "heroku:addon/addon:Addon":
      if (/^heroku-postgresql:(essential|mini|basic|hobby)/.test(plan))
        return `is on ${quoted(plan)}, without rollback, followers or more than 99.5% of uptime`;
      return isShared(plan.replace(/^cloudamqp:/, "")) && plan.startsWith("cloudamqp:")
        ? `is on ${quoted(plan)}, a server that is shared with others`
        : undefined;
    case "cloudamqp:index/instance:Instance":
      return isShared(plan) ? `is on ${quoted(plan)}, a server that is shared with others` : undefined;
    case "digitalocean:index/droplet:Droplet":
      // https://docs.digitalocean.com/products/droplets/concepts/choosing-a-plan/
      return /^s-1vcpu-512mb/.test(size)
        ? `runs on ${quoted(size)}, with half a gigabyte of memory`
        : undefined;
    default:
      return undefined;
  }
}

function isShared(plan: string): boolean {
  return cloudamqpSharedPlans.includes(plan);
}

/** What is made costs no more than was agreed. */
export const budget: StackRule = {
  name: "budget",
  severity: "error",
  title: "An environment costs no more a month than its budget",
  because: "somebody has promised the money, and nobody reads the bill before it comes",
  fix: "take smaller plans, or have a larger `budget.monthly` agreed; `stagewright cost` lists what costs how much",
  source: "docs/spec-reference.md",
  all(resources, { stated }) {
    if (stated.budget === undefined) return [];
    const { total } = costOf(resources);
    return total > stated.budget
      ? [{ says: `what is made costs ${usd(total)} a month, more than the budget of ${usd(stated.budget)}` }]
      : [];
  },
};
