import * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumiverse/heroku/addon/addon";
import type { DatabaseSpec } from "../spec/schema/database";
import { kept } from "./protection";

export interface DatabaseArgs {
  spec: DatabaseSpec;
  /** UUID of the app that owns the database. */
  appId: pulumi.Input<string>;
  /** Name of that app: the names of its add-ons start with it. */
  appName: pulumi.Input<string>;
  /** Whether the database is kept from deletion and replacement. */
  protected: boolean;
}

/**
 * Heroku Postgres for one app, with its followers.
 *
 * The app reaches the database through the config var `DATABASE_URL`, which Heroku sets for the first Postgres of an app, and
 * a follower through `HEROKU_POSTGRESQL_<COLOR>_URL`, whose color Heroku draws. The values never enter the state.
 *
 * The plan changes in place within the Essential tier and within the tiers above; between the two Heroku refuses
 * (https://devcenter.heroku.com/articles/updating-heroku-postgres-databases). The version is that of a *new* database: the
 * package would replace, and so empty, the database on any change of its `config`, which is therefore ignored once it exists.
 * A major version is upgraded with `heroku pg:upgrade`, which only the Heroku CLI offers
 * (https://devcenter.heroku.com/articles/upgrading-heroku-postgres-databases); the spec's version is then changed to match.
 *
 * Scheduled logical backups are not part of it: they are set with `heroku pg:backups:schedule`, over an API of Heroku's that
 * is neither the Platform API nor in the package. The plans above Essential have continuous physical backups by themselves
 * (https://devcenter.heroku.com/articles/heroku-postgres-data-safety-and-continuous-protection).
 */
export class Database extends pulumi.ComponentResource {
  /** Name of the add-on, unique on all of Heroku: the app's name and `-database`. */
  readonly addonName: pulumi.Output<string>;
  /** The config var that holds the address. */
  readonly variable = "DATABASE_URL";

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Database", name, {}, opts);
    const leader = createLeader(name, args, this);
    createFollowers(name, args, leader, this);

    this.addonName = leader.name;
    this.registerOutputs({ addonName: this.addonName, variable: this.variable });
  }
}

function createLeader(name: string, { spec, ...args }: DatabaseArgs, parent: Database): Addon {
  return new Addon(
    name,
    {
      appId: args.appId,
      name: pulumi.interpolate`${args.appName}-database`,
      plan: `heroku-postgresql:${spec.plan}`,
      config: { version: spec.version },
    },
    { parent, ignoreChanges: ["config"], ...kept(args.protected) },
  );
}

// A follower holds nothing of its own, so it is never protected. https://devcenter.heroku.com/articles/heroku-postgres-follower-databases
function createFollowers(
  name: string,
  { spec, ...args }: DatabaseArgs,
  leader: Addon,
  parent: Database,
): void {
  for (let number = 1; number <= spec.followers; number++) {
    new Addon(
      `${name}-follower-${number}`,
      {
        appId: args.appId,
        name: pulumi.interpolate`${args.appName}-follower-${number}`,
        plan: `heroku-postgresql:${spec.plan}`,
        config: { follow: "DATABASE_URL" },
      },
      { parent, dependsOn: leader },
    );
  }
}
