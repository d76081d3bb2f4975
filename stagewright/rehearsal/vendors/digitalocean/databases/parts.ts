import type { Properties } from "../../../../../providers/protocol/provider";
import type { ByType } from "../../../../resources/types";
import type { Thing, Things } from "../../../store";
import { type Kind, uuid } from "../../../vendor";
import { checkRegion, checkTags, nameOf, refuse, texts } from "../api";
import { facts } from "../facts";
import { mostConnections } from "../sizes";
import { networkOf } from "../vpcs";
import { findCluster, findSize, hostOf } from "./cluster";
import { refusesSmaller } from "./cluster-changes";
import { ADMIN, connection, DEFAULT_DATABASE, password } from "./connection";

const DB = "digitalocean:index/databaseDb:DatabaseDb";
const USER = "digitalocean:index/databaseUser:DatabaseUser";
const POOL = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";
const REPLICA = "digitalocean:index/databaseReplica:DatabaseReplica";

/** A part of one cluster with its own name. */
function partOf(between: string): Pick<Kind, "identity" | "id"> {
  return {
    identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn), scope: String(inputs.clusterId) }),
    id: (_, name, clusterId) => `${clusterId}/${between}${name}`,
  };
}

/** https://docs.digitalocean.com/reference/api/reference/databases/#databases_add */
const db: Kind = {
  ...partOf("database/"),
  facts: facts[DB],
  rules({ things, inputs, urn }) {
    const cluster = findCluster(things, inputs.clusterId);
    const name = nameOf(inputs, urn);
    checkIdentifier(name, "database");
    if (databasesOf(things, cluster).includes(name)) refuse(422, `database name is not available: '${name}'`);
  },
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  latency: { create: 2, delete: 2 },
};

/** https://docs.digitalocean.com/reference/api/reference/databases/#databases_add_user */
const user: Kind = {
  ...partOf("user/"),
  facts: facts[USER],
  rules({ things, inputs, urn, id }) {
    const cluster = findCluster(things, inputs.clusterId);
    const name = nameOf(inputs, urn);
    checkIdentifier(name, "user");
    if (id === undefined && usersOf(things, cluster).includes(name))
      refuse(422, `user name is not available: '${name}'`);
    if (inputs.mysqlAuthPlugin !== undefined) refuse(422, "mysql_auth_plugin is of MySQL clusters alone.");
    if (inputs.settings !== undefined) refuse(422, "settings are of Kafka and OpenSearch clusters alone.");
  },
  outputs: ({ inputs, urn, again }) => ({
    role: "normal",
    password: password(String(inputs.clusterId), nameOf(inputs, urn), ...again),
    // For Kafka clusters only.
    ...{ accessCert: "", accessKey: "" },
  }),
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  latency: { create: 3, update: 2, delete: 3 },
};

/** https://docs.digitalocean.com/reference/api/reference/databases/#databases_add_connectionPool */
const pool: Kind = {
  ...partOf(""),
  facts: facts[POOL],
  rules({ things, inputs, urn }) {
    const cluster = findCluster(things, inputs.clusterId);
    const name = nameOf(inputs, urn);
    if (name.length < 3 || name.length > 63) refuse(422, `invalid pool name '${name}': 3 to 63 characters.`);
    if (!["session", "transaction", "statement"].includes(String(inputs.mode)))
      refuse(422, `invalid mode '${inputs.mode}': it is not one of session, transaction, statement.`);
    if (!databasesOf(things, cluster).includes(String(inputs.dbName)))
      refuse(422, `the database '${inputs.dbName}' does not exist.`);
    if (inputs.user !== undefined && !usersOf(things, cluster).includes(String(inputs.user)))
      refuse(422, `the user '${inputs.user}' does not exist.`);
    // https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/:
    // pools share the connections
    const used = partsOf(things, POOL, cluster).reduce(
      (sum, { properties }) => sum + Number(properties.size),
      0,
    );
    const free = mostConnections(findSize(cluster.properties)) - used;
    if (!(Number(inputs.size) >= 1 && Number(inputs.size) <= free))
      refuse(
        422,
        `invalid size ${inputs.size} of the pool '${name}': the cluster has ${free} connections left.`,
      );
  },
  outputs({ things, inputs, urn }) {
    const cluster = findCluster(things, inputs.clusterId);
    // A pool without a user takes the user of each client.
    const user = inputs.user === undefined ? "" : String(inputs.user);
    return connection({
      host: String(cluster.properties.host),
      user,
      password: user === "" ? "" : passwordOf(things, cluster, user),
      database: nameOf(inputs, urn),
      port: 25061,
    });
  },
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  latency: { create: 3, delete: 3 },
};

/** https://docs.digitalocean.com/reference/api/reference/databases/#databases_create_replica */
const replica: Kind = {
  ...partOf("replicas/"),
  facts: facts[REPLICA],
  rules({ things, inputs, urn }) {
    const cluster = findCluster(things, inputs.clusterId);
    const name = nameOf(inputs, urn);
    if (!/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
      refuse(422, `invalid name '${name}' of a read-only node.`);
    const { region, size } = placeOf(inputs, cluster);
    checkRegion(region, "replica creation");
    networkOf(things, inputs.privateNetworkUuid, region);
    checkTags(texts(inputs, "tags"));
    // https://docs.digitalocean.com/products/databases/postgresql/how-to/add-read-only-nodes/: it
    // must have room for the cluster's data
    if (findSize({ size }).storage < findSize(cluster.properties).storage)
      refuse(
        422,
        `the size ${size} of a read-only node is smaller than ${cluster.properties.size} of its cluster.`,
      );
  },
  refuses: refusesSmaller,
  defaults({ things, inputs, urn }) {
    const { region, size } = placeOf(inputs, findCluster(things, inputs.clusterId));
    return {
      name: nameOf(inputs, urn),
      privateNetworkUuid: networkOf(things, inputs.privateNetworkUuid, region).id,
      region,
      size,
      storageSizeMib: String(findSize({ size }).storage * 1024),
    };
  },
  outputs({ inputs, urn, caller, again }, id) {
    const clusterId = String(inputs.clusterId);
    return {
      ...connection({
        host: hostOf(nameOf(inputs, urn), caller.account, id),
        user: ADMIN,
        password: password(clusterId, ADMIN),
        database: DEFAULT_DATABASE,
      }),
      user: ADMIN,
      database: DEFAULT_DATABASE,
      uuid: uuid(REPLICA, id, ...again),
    };
  },
  latency: { create: 300, update: 300, delete: 5 },
};

/** The parts of a cluster and the resources beside it. */
export const partKinds: ByType<Kind> = { [DB]: db, [USER]: user, [POOL]: pool, [REPLICA]: replica };

function databasesOf(things: Things, cluster: Thing): string[] {
  return [DEFAULT_DATABASE, ...partsOf(things, DB, cluster).map(({ name }) => name)];
}

function usersOf(things: Things, cluster: Thing): string[] {
  return [ADMIN, ...partsOf(things, USER, cluster).map(({ name }) => name)];
}

function passwordOf(things: Things, cluster: Thing, name: string): string {
  const stated = things.named(USER, cluster.id, name)?.properties.password;
  return stated === undefined ? password(cluster.id, name) : String(stated);
}

function partsOf(things: Things, type: string, cluster: Thing): Thing[] {
  return things.list(type).filter(({ scope }) => scope === cluster.id);
}

function placeOf(inputs: Properties, cluster: Thing): { region: string; size: string } {
  return {
    region: String(inputs.region ?? cluster.properties.region),
    size: String(inputs.size ?? cluster.properties.size),
  };
}

// Postgres keeps 63 bytes of a name:
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
function checkIdentifier(name: string, what: string): void {
  if (!/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/.test(name))
    refuse(
      422,
      `invalid ${what} name '${name}': up to 63 letters, digits, _ and -, not starting with a digit.`,
    );
}
