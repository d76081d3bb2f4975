import type { Mismatch } from "./mismatch";
import { didYouMean } from "./problems";
import type { ApiSpec, Platform } from "./schema/api";
import type { DatabaseSpec } from "./schema/database";
import type { EnvironmentSpec } from "./schema/environment";
import { clusterVersions, databaseSizes } from "./vendors/digitalocean";
import { postgresPlans, postgresVersions } from "./vendors/heroku";

/** The parts that a platform of the API offers. */
interface Offer {
  /** The platform's name in messages. */
  name: string;
  database: {
    plans: readonly string[];
    /**
     * The default plan: the smallest one. It depends on no other setting, since a change of plan
     * may need a copy of the data.
     */
    plan: string;
    versions: readonly string[];
  };
}

/** The parts that each platform offers. */
const PLATFORMS: Readonly<Record<Platform, Offer>> = {
  heroku: {
    name: "Heroku",
    database: {
      plans: postgresPlans,
      plan: "essential-0",
      versions: postgresVersions,
    },
  },
  digitalocean: {
    name: "DigitalOcean",
    database: {
      plans: databaseSizes,
      plan: "db-s-1vcpu-1gb",
      versions: clusterVersions,
    },
  },
};

/**
 * Database settings that only Heroku supports: why other platforms refuse each, and what they
 * accept.
 */
const HEROKU_ALONE = {
  // https://docs.digitalocean.com/reference/api/reference/databases/#databases_add_user: it takes a
  // user but no rights
  shared:
    "whose API adds a user to a cluster but grants it nothing, so that a second app could not use the tables; accepted: a database of its own, which starts empty, or an API on Heroku, whose add-ons can be attached",
  copy: "where none is made from another; accepted: a database of its own, which starts empty, or an API on Heroku, whose add-ons can be forked",
  followers: "where it is one node; accepted: 0, or an API on Heroku, whose add-ons can be followed",
};

/** Returns the plan of a database: the stated one, else the platform's smallest. */
export function databasePlan(api: Pick<ApiSpec, "via">, database: Pick<DatabaseSpec, "plan">): string {
  return database.plan ?? PLATFORMS[api.via].database.plan;
}

/**
 * Returns the name of a new database: the stated one, else one derived from its app. An existing
 * database keeps its name.
 */
export function databaseName(app: string, { name }: Pick<DatabaseSpec, "name">): string {
  return name ?? `${app}-database`;
}

/** Returns the name of an add-on broker by the same rule. */
export function brokerName(app: string, { name }: { name?: string }): string {
  return name ?? `${app}-broker`;
}

/** Checks that the API's platform offers the parts of an environment. */
export function platformChecks(spec: EnvironmentSpec): Mismatch[] {
  const { api } = spec;
  if (!api) return [];
  return [...databaseElsewhere(spec, api), ...brokerElsewhere(spec, api), ...deploysElsewhere(spec, api)];
}

function databaseElsewhere({ database }: EnvironmentSpec, api: ApiSpec): Mismatch[] {
  if (!database) return [];
  const plan = databasePlan(api, database);
  const { name, database: offer } = PLATFORMS[api.via];
  const found: Mismatch[] = [];
  for (const [key, stated, offered] of [
    ["plan", database.plan, offer.plans],
    ["version", database.version, offer.versions],
  ] as const) {
    if (stated === undefined || offered.includes(stated)) continue;
    found.push({
      path: ["database", key],
      says: `is '${stated}', which ${name}, where the API is, does not have; accepted: one of ${offered.join(", ")}${didYouMean(stated, offered)}`,
    });
  }
  for (const key of ["shared", "copy", "followers"] as const) {
    if (!database[key] || api.via === "heroku") continue;
    found.push({
      path: ["database", key],
      says: `is stated, but the API is on ${name}, ${HEROKU_ALONE[key]}`,
    });
  }
  // https://docs.digitalocean.com/reference/api/reference/databases/#databases_create_cluster
  if (api.via === "digitalocean" && database.name && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(database.name)) {
    found.push({
      path: ["database", "name"],
      says: `is '${database.name}'; accepted: a cluster's name: 3 to 63 of a-z, 0-9 and -, starting with a letter and not ending with -`,
    });
  }
  // https://devcenter.heroku.com/articles/heroku-postgres-fork
  if (database.copy && plan.startsWith("essential-")) {
    found.push({
      path: ["database", "plan"],
      says: `is ${plan}, which cannot be forked; accepted: a standard or premium plan, or a database of its own without copy`,
    });
  }
  // https://devcenter.heroku.com/articles/heroku-postgres-plans
  if (database.followers > 0 && plan.startsWith("essential-")) {
    found.push({
      path: ["database", "followers"],
      says: `is ${database.followers}; accepted: followers only with a standard or premium plan`,
    });
  }
  return found;
}

function brokerElsewhere({ broker }: EnvironmentSpec, api: ApiSpec): Mismatch[] {
  if (!broker || broker.via === "cloudamqp" || api.via === "heroku") return [];
  return [
    {
      path: ["broker", "via"],
      says: `is '${broker.via}', an add-on of a Heroku app, but the API is on ${PLATFORMS[api.via].name}; accepted: cloudamqp`,
    },
  ];
}

function deploysElsewhere({ release }: EnvironmentSpec, api: ApiSpec): Mismatch[] {
  if (api.via !== "heroku" && release.api?.build) {
    return [
      {
        path: ["release", "api", "build"],
        says: `says what Heroku's build must do, but the API is on ${PLATFORMS[api.via].name}; accepted with api.via: heroku`,
      },
    ];
  }
  if (api.via !== "heroku" || !release.api || release.api.token !== undefined) return [];
  return [
    {
      path: ["release", "api", "token"],
      says: "is missing; accepted: the name of the secret that holds the Heroku API token which the deploy workflow uses",
    },
  ];
}
