import type { Droplet } from "@pulumi/digitalocean/droplet";
import { Firewall } from "@pulumi/digitalocean/firewall";
import type { input } from "@pulumi/digitalocean/types";
import type { Vpc } from "@pulumi/digitalocean/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { DropletApiSpec } from "../../../stagewright/environment/schema/api";

const ANYWHERE = ["0.0.0.0/0", "::/0"];

/**
 * What may come in: SSH (GitHub's runners have no fixed addresses), HTTP (for certificates, and to
 * send people on to TLS), TLS.
 */
const IN = ["22", "80", "443"];

/**
 * What may go out to anywhere, each with why. Mail is not among it: DigitalOcean blocks it from
 * droplets.
 */
const OUT: readonly { protocol: "tcp" | "udp"; portRange: string }[] = [
  { protocol: "tcp", portRange: "22" }, // commits from GitHub
  { protocol: "tcp", portRange: "53" }, // names
  { protocol: "udp", portRange: "53" },
  { protocol: "tcp", portRange: "80" }, // packages of Ubuntu
  { protocol: "udp", portRange: "123" }, // the time
  { protocol: "tcp", portRange: "443" }, // packages of Python, certificates, object storage, error tracking
  { protocol: "tcp", portRange: "5671" }, // RabbitMQ over TLS
];

/**
 * Of a managed database.
 * https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/
 */
const DATABASE_PORTS = "25060-25061";

/** Closes the droplet but for what its API needs. */
export function createFirewall(
  name: string,
  spec: DropletApiSpec,
  droplet: Droplet,
  network: Vpc,
  child: pulumi.CustomResourceOptions,
): void {
  const inboundRules: input.FirewallInboundRule[] = IN.map((portRange) => ({
    protocol: "tcp",
    portRange,
    sourceAddresses: ANYWHERE,
  }));
  const outboundRules: input.FirewallOutboundRule[] = [
    ...OUT.map((rule) => ({ ...rule, destinationAddresses: ANYWHERE })),
    { protocol: "tcp", portRange: DATABASE_PORTS, destinationAddresses: [network.ipRange] },
  ];
  new Firewall(
    `${name}-firewall`,
    { name: spec.app, dropletIds: [droplet.id.apply(Number)], inboundRules, outboundRules },
    child,
  );
}
