import * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumiverse/heroku/addon/addon";
import { databaseName } from "../../stagewright/environment/platforms";
import type { DatabaseSpec } from "../../stagewright/environment/schema/database";
import type { HerokuHome } from "../api-app/api-app";
import { kept } from "../protection";

export interface AddonArgs {
  spec: DatabaseSpec;
  plan: string;
  home: HerokuHome;
  protected: boolean;
}

/**
 * Heroku Postgres, as an add-on of the app, with its followers. Heroku sets `DATABASE_URL` for the
 * first Postgres of an app, and `HEROKU_POSTGRESQL_<COLOR>_URL` for a follower, whose color it
 * draws. The values never enter the state.
 *
 * The plan changes in place within the Essential tier and within the tiers above; between the two
 * Heroku refuses (https://devcenter.heroku.com/articles/updating-heroku-postgres-databases). The
 * version is that of a *new* database: the package would replace, and so empty, the database on any
 * change of its `config`, which is therefore ignored once it exists. A major version is upgraded
 * with `heroku pg:upgrade`, which only the Heroku CLI offers
 * (https://devcenter.heroku.com/articles/upgrading-heroku-postgres-databases); the spec's version
 * is then changed to match.
 *
 * Scheduled logical backups are not part of it: they are set with `heroku pg:backups:schedule`,
 * over an API of Heroku's that is neither the Platform API nor in the package. The plans above
 * Essential have continuous physical backups by themselves
 * (https://devcenter.heroku.com/articles/heroku-postgres-data-safety-and-continuous-protection).
 *
 * The name is given when it is made, and stays when the app is renamed: the provider cannot rename
 * an add-on, as it sends an empty plan with the new name
 * (https://github.com/heroku/terraform-provider-heroku/blob/master/heroku/resource_heroku_addon.go).
 *
 * @returns the name of the add-on, unique on all of Heroku
 */
export function createAddon(name: string, args: AddonArgs, parent: pulumi.Resource): pulumi.Output<string> {
  const { spec, plan, home } = args;
  const leader = new Addon(
    name,
    {
      appId: home.appId,
      name: pulumi.output(home.appName).apply((app) => databaseName(app, spec)),
      plan: `heroku-postgresql:${plan}`,
      config: spec.copy ? { fork: `${spec.copy.app}::DATABASE_URL` } : { version: spec.version },
    },
    { parent, ignoreChanges: ["config", "name"], ...kept(args.protected) },
  );
  createFollowers(name, args, leader, parent);
  return leader.name;
}

// A follower holds nothing of its own, so it is never protected.
// https://devcenter.heroku.com/articles/heroku-postgres-follower-databases
function createFollowers(
  name: string,
  { spec, plan, home }: AddonArgs,
  leader: Addon,
  parent: pulumi.Resource,
): void {
  for (let number = 1; number <= spec.followers; number++) {
    new Addon(
      `${name}-follower-${number}`,
      {
        appId: home.appId,
        name: pulumi.interpolate`${home.appName}-follower-${number}`,
        plan: `heroku-postgresql:${plan}`,
        config: { follow: "DATABASE_URL" },
      },
      { parent, dependsOn: leader, ignoreChanges: ["name"] },
    );
  }
}
