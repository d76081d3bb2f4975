import * as pulumi from "@pulumi/pulumi";
import { databasePlan } from "../stagewright/environment/platforms";
import type { DatabaseSpec } from "../stagewright/environment/schema/database";
import type { Home } from "./api-app/api-app";
import { createAddon } from "./database/addon";
import { createCluster } from "./database/cluster";

export interface DatabaseArgs {
  spec: DatabaseSpec;
  /** Where the app runs that uses the database, and so the database itself. */
  home: Home;
  /** Whether the database is kept from deletion and replacement. */
  protected: boolean;
}

/**
 * Postgres for one app, on the app's platform: an add-on at Heroku, a managed cluster at
 * DigitalOcean. Either way the app reaches it through the variable `DATABASE_URL`, and nobody else
 * reaches it.
 */
export class Database extends pulumi.ComponentResource {
  /** Its name where it is billed. */
  readonly databaseName: pulumi.Output<string>;
  /** The variable that holds the address. */
  readonly variable = "DATABASE_URL";
  /** The address, where the platform does not put it into the variable by itself. Secret. */
  readonly url: pulumi.Output<string> | undefined;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Database", name, {}, opts);
    const { spec, home } = args;
    const plan = databasePlan(home, spec);
    if (home.via === "heroku") {
      this.databaseName = createAddon(name, { ...args, plan, home }, this);
    } else {
      const cluster = createCluster(name, { ...args, plan, home }, this);
      this.databaseName = cluster.name;
      this.url = cluster.url;
    }
    this.registerOutputs({ databaseName: this.databaseName, variable: this.variable });
  }
}
