import type { Properties } from "../../../../../providers/protocol/provider";
import type { Kind } from "../../../vendor";
import { refuse } from "../api";
import { facts } from "../facts";
import { findCluster } from "./cluster";

const TYPE = "digitalocean:index/databasePostgresqlConfig:DatabasePostgresqlConfig";

/**
 * https://docs.digitalocean.com/reference/api/reference/databases/#databases_patch_config: the
 * bounds of a value.
 */
const BOUNDS: Record<string, readonly [least: number, most: number]> = {
  autovacuumMaxWorkers: [1, 20],
  autovacuumNaptime: [0, 86_400],
  backupHour: [0, 23],
  backupMinute: [0, 59],
  deadlockTimeout: [500, 1_800_000],
  idleInTransactionSessionTimeout: [0, 604_800_000],
  logMinDurationStatement: [-1, 86_400_000],
  maxLocksPerTransaction: [64, 640],
  maxParallelWorkers: [0, 96],
  maxParallelWorkersPerGather: [0, 96],
  maxPreparedTransactions: [0, 10_000],
  maxReplicationSlots: [8, 64],
  maxStandbyArchiveDelay: [1, 43_200_000],
  maxStandbyStreamingDelay: [1, 43_200_000],
  maxWalSenders: [20, 64],
  maxWorkerProcesses: [8, 96],
  sharedBuffersPercentage: [20, 60],
  trackActivityQuerySize: [1024, 10_240],
  walSenderTimeout: [0, 10_800_000],
  workMem: [1, 1024],
};

const CHOICES: Record<string, readonly string[]> = {
  defaultToastCompression: ["lz4", "pglz"],
  logErrorVerbosity: ["TERSE", "DEFAULT", "VERBOSE"],
  pgStatStatementsTrack: ["all", "top", "none"],
  trackCommitTimestamp: ["off", "on"],
  trackFunctions: ["all", "pl", "none"],
  trackIoTiming: ["off", "on"],
};

/** The settings of a cluster's Postgres. */
export const postgresqlConfig: Kind = {
  facts: facts[TYPE],
  identity: ({ inputs }) => ({ name: "config", scope: String(inputs.clusterId) }),
  id: (_, __, clusterId) => `${clusterId}/postgresql-config`,
  // The settings exist with the cluster; a write patches them.
  overwrites: () => true,
  rules({ things, inputs }) {
    findCluster(things, inputs.clusterId);
    for (const [property, value] of Object.entries(inputs)) checkValue(property, value);
  },
  latency: { create: 2, update: 2, delete: 1 },
};

function checkValue(property: string, value: Properties[string]): void {
  const [least, most] = BOUNDS[property] ?? [];
  if (least !== undefined && most !== undefined && !(Number(value) >= least && Number(value) <= most))
    refuse(422, `invalid value ${value} of ${property}: it is not between ${least} and ${most}.`);
  const choices = CHOICES[property];
  if (choices && !choices.includes(String(value)))
    refuse(422, `invalid value '${value}' of ${property}: it is not one of ${choices.join(", ")}.`);
}
