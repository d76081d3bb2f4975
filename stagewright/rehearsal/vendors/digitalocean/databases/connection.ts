import type { Properties } from "../../../../../providers/protocol/provider";
import { digits } from "../../../vendor";

/** The default user and database, which every cluster has and which cannot be deleted. */
export const ADMIN = "doadmin";
export const DEFAULT_DATABASE = "defaultdb";

/** Returns a password in DigitalOcean's format: the same for the same user of the same cluster. */
export function password(clusterId: string, user: string, ...again: readonly string[]): string {
  return `AVNS_${Buffer.from(digits(28, "password", clusterId, user, ...again), "hex")
    .toString("base64url")
    .slice(0, 19)}`;
}

/**
 * Returns the connection data of a program, from the internet and within the network
 * (https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/).
 *
 * @param to.port default: that of the database itself
 */
export function connection(to: {
  host: string;
  user: string;
  password: string;
  database: string;
  port?: number;
}): Properties {
  const { host, user, password, database, port = 25060 } = to;
  const privateHost = `private-${host}`;
  const uri = (at: string) => `postgresql://${user}:${password}@${at}:${port}/${database}?sslmode=require`;
  return { host, password, port, privateHost, privateUri: uri(privateHost), uri: uri(host) };
}
