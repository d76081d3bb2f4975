import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster";
import { DatabaseDb } from "@pulumi/digitalocean/databaseDb";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall";
import * as pulumi from "@pulumi/pulumi";
import { databaseName } from "../../stagewright/environment/platforms";
import type { DatabaseSpec } from "../../stagewright/environment/schema/database";
import type { DropletHome } from "../api-app/api-app";
import { kept } from "../protection";

export interface ClusterArgs {
  spec: DatabaseSpec;
  /** Size of its node. */
  plan: string;
  home: DropletHome;
  protected: boolean;
}

/** A database as somebody can reach it. */
export interface Cluster {
  name: pulumi.Output<string>;
  /** `postgresql://…`, over the private network and TLS alone. Secret. */
  url: pulumi.Output<string>;
}

/**
 * A managed Postgres cluster of one node, in the droplet's private network, which the droplet alone
 * may reach. Size and version change in place; a version only goes up
 * (https://docs.digitalocean.com/products/databases/postgresql/how-to/upgrade-version/).
 *
 * Neither cluster nor database can be renamed: their names are given when they are made, and stay
 * when the app is renamed.
 *
 * The app has the whole cluster to itself and reaches its database as the cluster's own user: to a
 * further one, Postgres 15 and later give no right to create a table
 * (https://www.postgresql.org/docs/15/release-15.html), and none of DigitalOcean's API can grant
 * it, so the first migration would fail.
 */
export function createCluster(name: string, args: ClusterArgs, parent: pulumi.Resource): Cluster {
  const { spec, plan, home } = args;
  const cluster = new DatabaseCluster(
    name,
    {
      name: databaseName(home.appName, spec),
      engine: "pg",
      version: spec.version,
      size: plan,
      nodeCount: 1,
      region: home.region,
      privateNetworkUuid: home.vpcId,
      projectId: home.projectId,
      tags: home.tags,
    },
    { parent, ignoreChanges: ["name"], ...kept(args.protected) },
  );
  const database = new DatabaseDb(
    name,
    { clusterId: cluster.id, name: home.appName },
    { parent, ignoreChanges: ["name"], ...kept(args.protected) },
  );
  // Without a rule a cluster is open to the world.
  // https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/
  const firewall = new DatabaseFirewall(
    `${name}-firewall`,
    { clusterId: cluster.id, rules: [{ type: "droplet", value: home.dropletId }] },
    { parent, ...kept(args.protected) },
  );
  return { name: cluster.name, url: urlOf(cluster, database, firewall) };
}

// Known only once the firewall is closed: nothing is deployed to an open database.
function urlOf(
  { user, password, privateHost, port }: DatabaseCluster,
  { name }: DatabaseDb,
  firewall: DatabaseFirewall,
): pulumi.Output<string> {
  const url = pulumi.interpolate`postgresql://${user}:${password}@${privateHost}:${port}/${name}?sslmode=require`;
  return pulumi.secret(pulumi.all([url, firewall.id]).apply(([text]) => text));
}
