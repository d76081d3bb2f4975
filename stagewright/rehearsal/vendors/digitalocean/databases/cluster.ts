import type { Properties } from "../../../../../providers/protocol/provider";
import { clusterVersions } from "../../../../environment/vendors/digitalocean";
import type { Thing, Things } from "../../../store";
import { digits, type Kind, type Occasion, uuid } from "../../../vendor";
import {
  accountNumber,
  checkRegion,
  checkTags,
  dropFrom,
  making,
  nameOf,
  objects,
  refuse,
  TYPES,
  texts,
} from "../api";
import { facts } from "../facts";
import { defaultProject, findProject } from "../projects";
import { type DatabaseSize, databaseSize } from "../sizes";
import { networkOf } from "../vpcs";
import { refusesClusterChange } from "./cluster-changes";
import { ADMIN, connection, DEFAULT_DATABASE, password } from "./connection";

/**
 * https://docs.digitalocean.com/products/databases/postgresql/details/limits/: per account, unless
 * raised on request.
 */
const MOST_CLUSTERS = 10;

/** https://docs.digitalocean.com/reference/api/reference/databases/#databases_create_cluster */
export const cluster: Kind = {
  facts: facts[TYPES.cluster],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  id: (occasion) => uuid(TYPES.cluster, making(facts[TYPES.cluster], occasion)),
  rules,
  refuses: refusesClusterChange,
  defaults({ things, inputs, urn, id, caller }) {
    const kept = id === undefined ? 0 : Number(things.get(TYPES.cluster, id)?.properties.storageSizeMib);
    return {
      name: nameOf(inputs, urn),
      privateNetworkUuid: networkOf(things, inputs.privateNetworkUuid, String(inputs.region)).id,
      projectId: defaultProject(caller.account),
      storageSizeMib: String(Math.max(kept, findSize(inputs).storage * 1024)),
    };
  },
  outputs({ inputs, urn, caller }, id) {
    const host = hostOf(nameOf(inputs, urn), caller.account, id);
    return {
      clusterUrn: `do:dbaas:${id}`,
      ...connection({ host, user: ADMIN, password: password(id, ADMIN), database: DEFAULT_DATABASE }),
      user: ADMIN,
      database: DEFAULT_DATABASE,
      metricsEndpoints: [`https://${host}:9273/metrics`],
      // Postgres has no page of its own.
      ...{ uiDatabase: "", uiHost: "", uiPassword: "", uiPort: 0, uiUri: "", uiUser: "" },
    };
  },
  // A deleted cluster takes everything in it with it.
  after(things, event, { id }) {
    if (event !== "delete") return;
    for (const type of Object.keys(facts).filter((type) => type !== TYPES.cluster))
      for (const part of things.list(type))
        if (part.properties.clusterId === id) things.remove(type, part.id);
    for (const type of [TYPES.project, TYPES.projectResources])
      dropFrom(things, type, "resources", `do:dbaas:${id}`);
  },
  // The time until `online` for one node; more nodes and larger sizes take longer.
  latency: { create: 300, update: 300, delete: 5 },
};

/** The host name of a cluster or read-only node. */
export function hostOf(name: string, account: string, id: string): string {
  const zone = "abcdefghijklm".charAt(Number.parseInt(digits(4, "zone", id), 16) % 13);
  return `${name}-do-user-${accountNumber(account)}-0.${zone}.db.ondigitalocean.com`;
}

/** Returns the cluster with an id. */
export function findCluster(things: Things, id: unknown): Thing {
  return (
    things.get(TYPES.cluster, String(id)) ?? refuse(404, `The database cluster ${id} could not be found.`)
  );
}

/** Returns the node size of a cluster or of a read-only node. */
export function findSize({ size }: Properties): DatabaseSize {
  return databaseSize(size) ?? refuse(422, `invalid size '${size}' of a node of a database cluster.`);
}

function rules({ things, inputs, caller, urn, id }: Occasion, existing?: Thing): void {
  const name = nameOf(inputs, urn);
  if (!/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
    refuse(422, `invalid cluster name '${name}': 3 to 63 of a-z, 0-9 and -, starting with a letter.`);
  const taken = things.named(TYPES.cluster, caller.account, name);
  if (taken && taken.id !== id) refuse(422, `cluster name is not available: '${name}'`);
  if (inputs.engine !== "pg")
    refuse(422, `the rehearsal cloud plays the engine pg alone, not '${inputs.engine}'.`);
  checkRegion(inputs.region, "database cluster creation");
  networkOf(things, inputs.privateNetworkUuid, String(inputs.region));
  checkTags(texts(inputs, "tags"));
  if (inputs.projectId !== undefined) findProject(things, caller.account, inputs.projectId);
  checkNodes(inputs);
  checkVersion(inputs);
  checkStorage(inputs);
  for (const window of objects(inputs, "maintenanceWindows")) checkWindow(window);
  if (!existing && things.list(TYPES.cluster).length >= MOST_CLUSTERS)
    refuse(422, `You have reached the limit of ${MOST_CLUSTERS} database clusters.`);
}

// https://docs.digitalocean.com/products/databases/postgresql/how-to/add-standby-nodes/: up to two,
// with 2 GB of memory or more
function checkNodes(inputs: Properties): void {
  const { memory } = findSize(inputs);
  const nodes = Number(inputs.nodeCount);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 3)
    refuse(422, `invalid node count ${inputs.nodeCount}: a cluster has 1 to 3 nodes.`);
  if (nodes > 1 && memory < 2) refuse(422, `the size ${inputs.size} supports a single node, not ${nodes}.`);
}

function checkVersion({ version }: Properties): void {
  if (version === undefined) refuse(422, "`version` is required for the engine pg.");
  if (!(clusterVersions as readonly string[]).includes(String(version)))
    refuse(422, `invalid version '${version}' of pg: it is not one of ${clusterVersions.join(", ")}.`);
}

// https://docs.digitalocean.com/products/databases/postgresql/details/limits/
function checkStorage(inputs: Properties): void {
  if (inputs.storageSizeMib === undefined) return;
  const least = findSize(inputs).storage * 1024;
  if (!(Number(inputs.storageSizeMib) >= least))
    refuse(422, `invalid storage size ${inputs.storageSizeMib}: ${inputs.size} has at least ${least} MiB.`);
}

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

// https://docs.digitalocean.com/reference/api/reference/databases/#databases_update_maintenanceWindow
function checkWindow({ day, hour }: Properties): void {
  if (!DAYS.includes(String(day).toLowerCase())) refuse(422, `invalid day '${day}' of a maintenance window.`);
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(String(hour)))
    refuse(422, `invalid hour '${hour}' of a maintenance window: it is UTC such as 02:00.`);
}
