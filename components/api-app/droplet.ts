import { Droplet } from "@pulumi/digitalocean/droplet";
import { Project } from "@pulumi/digitalocean/project";
import { ProjectResources } from "@pulumi/digitalocean/projectResources";
import { ReservedIp } from "@pulumi/digitalocean/reservedIp";
import { ReservedIpAssignment } from "@pulumi/digitalocean/reservedIpAssignment";
import { SshKey } from "@pulumi/digitalocean/sshKey";
import { Vpc } from "@pulumi/digitalocean/vpc";
import { RepositoryDeployKey } from "@pulumi/github/repositoryDeployKey";
import * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { DropletApiSpec } from "../../stagewright/environment/schema/api";
import { kept } from "../protection";
import type { ApiApp, DropletAccess, DropletHome } from "./api-app";
import { createAlerts } from "./droplet/alerts";
import { createFirewall } from "./droplet/firewall";
import { userData } from "./droplet/machine/user-data";

export interface DropletAppArgs {
  spec: DropletApiSpec;
  /** Tags of everything that can have some. */
  tags: string[];
  /**
   * Whether the droplet and what it needs are kept from deletion and replacement, and backed up
   * where the spec does not say.
   */
  protected: boolean;
}

/**
 * The API on a DigitalOcean droplet: gunicorn behind nginx, in a private network of its own, behind
 * a firewall, at a reserved address that stays when the droplet is replaced.
 *
 * The droplet is set up once, by its user data. What is deployed, and with which variables, comes
 * with each deploy, so nothing of it is here. Any change of user data would have DigitalOcean make
 * a new droplet; it is therefore ignored once the droplet exists, as are its keys and its image.
 * Only another `generation` (or region) replaces the droplet, with everything as it is by then: the
 * new one comes first, then the address moves over, then the old one goes. What is deployed must be
 * deployed again, and where data is protected the engine refuses until `pulumi state unprotect`. A
 * new size takes effect in place, with a restart.
 *
 * Needs providers for DigitalOcean and for the owner of the repository at GitHub in
 * `opts.providers`.
 */
export class DropletApp extends pulumi.ComponentResource implements ApiApp {
  readonly host: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly dnsTarget: pulumi.Output<string>;
  readonly home: DropletHome;
  /** How a deploy workflow reaches it; the variables are not the droplet's to know. */
  readonly access: Omit<DropletAccess, "variables">;

  constructor(name: string, args: DropletAppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:ApiApp", name, {}, opts);
    const { spec, tags } = args;
    if (spec.administrators.length === 0) {
      void pulumi.log.warn(
        `Nobody can log in to the droplet ${spec.app} to repair it: api.administrators names no public SSH key. It cannot be added later without replacing the droplet.`,
        this,
      );
    }
    // With the droplet, all that it cannot do without: a destroy that is refused because of it
    // would still take the rest.
    const child = { parent: this, ...kept(args.protected) };
    const keys = createKeys(name, spec, child);
    const network = new Vpc(`${name}-network`, { name: spec.app, region: spec.region }, child);
    const project = new Project(`${name}-project`, { name: spec.app, purpose: "Web Application" }, child);
    const droplet = createDroplet(name, args, keys, network, child);
    const address = createAddress(name, spec, droplet, child);
    createFirewall(name, spec, droplet, network, child);
    createAlerts(name, spec, droplet, this);
    new ProjectResources(
      `${name}-project`,
      { project: project.id, resources: [droplet.dropletUrn, address.reservedIpUrn] },
      { parent: this },
    );

    this.host = pulumi.output(spec.host);
    this.url = pulumi.interpolate`https://${this.host}`;
    this.dnsTarget = address.ipAddress;
    this.access = {
      via: "digitalocean",
      host: address.ipAddress,
      hostKey: trimmed(keys.host.publicKeyOpenssh),
      deployKey: keys.deploy.privateKeyOpenssh,
    };
    this.home = {
      via: "digitalocean",
      appName: spec.app,
      region: spec.region,
      dropletId: droplet.id,
      vpcId: network.id,
      projectId: project.id,
      tags,
    };
    this.registerOutputs({ host: this.host, url: this.url, dnsTarget: this.dnsTarget });
  }
}

interface Keys {
  /** The droplet's own: made before it, so that the workflow knows it and nobody can pose as it. */
  host: PrivateKey;
  /** The deploy workflow's. */
  deploy: PrivateKey;
  /** The droplet's, to fetch commits: GitHub lets it read one repository. */
  repository: PrivateKey;
  /** At DigitalOcean's. */
  root: SshKey;
}

function createKeys(name: string, spec: DropletApiSpec, child: pulumi.CustomResourceOptions): Keys {
  const key = (part: string) => new PrivateKey(`${name}-${part}`, { algorithm: "ED25519" }, child);
  const repository = key("repository-key");
  new RepositoryDeployKey(
    `${name}-repository-key`,
    {
      repository: spec.repository.split("/")[1] ?? spec.repository,
      title: `Droplet ${spec.app}`,
      key: trimmed(repository.publicKeyOpenssh),
      readOnly: true,
    },
    child,
  );
  // Without one, DigitalOcean makes a password for root and mails it. Nobody holds this key, and
  // root's login is closed. https://docs.digitalocean.com/products/droplets/how-to/create/
  const root = new SshKey(
    `${name}-root-key`,
    { name: spec.app, publicKey: trimmed(key("root-key").publicKeyOpenssh) },
    child,
  );
  return { host: key("host-key"), deploy: key("deploy-key"), repository, root };
}

function createDroplet(
  name: string,
  { spec, tags, ...args }: DropletAppArgs,
  keys: Keys,
  network: Vpc,
  child: pulumi.CustomResourceOptions,
): Droplet {
  return new Droplet(
    name,
    {
      name: spec.app,
      image: "ubuntu-24-04-x64",
      size: spec.size,
      region: spec.region,
      // The disk never shrinks again once it grew:
      // https://docs.digitalocean.com/products/droplets/how-to/resize/
      resizeDisk: false,
      vpcUuid: network.id,
      ipv6: true,
      monitoring: true,
      backups: spec.backups ?? args.protected,
      gracefulShutdown: true,
      sshKeys: [keys.root.fingerprint],
      tags,
      userData: userDataOf(spec, keys),
    },
    {
      ...child,
      ignoreChanges: ["image", "sshKeys", "userData"],
      replacementTrigger: spec.generation,
      additionalSecretOutputs: ["userData"],
    },
  );
}

function userDataOf(spec: DropletApiSpec, { host, deploy, repository }: Keys): pulumi.Output<string> {
  return pulumi
    .all([
      trimmed(deploy.publicKeyOpenssh),
      host.privateKeyOpenssh,
      trimmed(host.publicKeyOpenssh),
      repository.privateKeyOpenssh,
    ])
    .apply(([deployKey, privateKey, publicKey, repositoryKey]) =>
      userData({
        host: spec.host,
        repository: spec.repository,
        python: spec.python,
        rebootAt: spec.restartsAt,
        deployKey,
        hostKey: { privateKey, publicKey },
        repositoryKey,
        administrators: spec.administrators,
        packages: spec.packages,
        contact: spec.alerts?.emails[0],
        monitoring: true,
      }),
    );
}

// The address outlives the droplet: DNS and the workflow know it alone.
function createAddress(
  name: string,
  spec: DropletApiSpec,
  droplet: Droplet,
  child: pulumi.CustomResourceOptions,
): ReservedIp {
  const address = new ReservedIp(`${name}-address`, { region: spec.region }, child);
  new ReservedIpAssignment(
    `${name}-address`,
    { ipAddress: address.ipAddress, dropletId: droplet.id.apply(Number) },
    // An address is assigned to one droplet at a time.
    { ...child, deleteBeforeReplace: true },
  );
  return address;
}

function trimmed(text: pulumi.Output<string>): pulumi.Output<string> {
  return text.apply((value) => value.trim());
}
