import type { cloudamqpAddonPlans } from "../../environment/vendors/heroku";
import { monthly, type Price, type PriceList, type Source } from "./price";

const plans: Source = {
  url: "https://www.cloudamqp.com/plans.html",
  basis: "secondary",
  date: "2026-11-21",
};
const recalled: Source = { ...plans, basis: "memory" };
const elements: Source = { ...recalled, url: "https://elements.heroku.com/addons/cloudamqp" };

const shared = monthly(plans, { lemur: 0, tiger: 19 });

/**
 * Each node of a cluster costs as much as a single node: the page lists three bunnies at 297, three
 * hares at 597, three rabbits at 897.
 */
function nodes(source: Source, name: string, usd: number | null, ...counts: number[]): PriceList {
  return monthly(
    source,
    Object.fromEntries(counts.map((count) => [`${name}-${count}`, usd === null ? null : usd * count])),
  );
}

/** An instance in a CloudAMQP account. */
export const instances: PriceList = {
  ...shared,
  ...nodes(plans, "squirrel", 50, 1),
  ...nodes(plans, "bunny", 99, 1, 3),
  ...nodes(plans, "hare", 199, 1, 3),
  ...nodes(plans, "rabbit", 299, 1, 3, 5),
  ...nodes(recalled, "panda", 499, 1, 3, 5),
  ...nodes(recalled, "ape", 999, 1, 3, 5),
  ...nodes(recalled, "hippo", 1999, 1, 3, 5),
  ...nodes(recalled, "lion", null, 1, 3, 5),
  ...nodes(recalled, "rhino", null, 1),
  // LavinMQ
  ...monthly(recalled, { lemming: 0, ermine: null }),
  ...Object.assign(
    {},
    ...["puffin", "penguin", "lynx", "wolverin", "reindeer", "bear", "orca"].map((name) =>
      nodes(recalled, name, null, 1, 3, 5),
    ),
  ),
};

/**
 * An add-on of a Heroku app, at CloudAMQP's own prices. The plans without a node count are the old
 * clusters.
 */
export const addons: Readonly<Record<(typeof cloudamqpAddonPlans)[number], Price>> = {
  ...monthly(elements, { lemur: 0, tiger: 19, "squirrel-1": 50 }),
  ...monthly(elements, { "hare-1": 199, "bunny-1": 99, "rabbit-1": 299, "panda-1": 499 }),
  ...monthly(elements, { "ape-1": 999, "hippo-1": 1999 }),
  ...monthly(elements, { "bunny-3": 297, "rabbit-3": 897, "panda-3": 1497, "ape-3": 2997, "hippo-3": 5997 }),
  ...monthly(elements, { bunny: null, rabbit: null, panda: null, ape: null, hippo: null }),
};
