import { isTree, type Tree } from "../../../environment/merge";
import { listed } from "../../../text/words";
import type { Change } from "../../change/change";
import { grantsIn, grantsOnlyIn, grantsText } from "./policy-documents";
import type { Finder, Risk } from "./risk";

/** Things that become reachable for anyone on the internet. */
export const exposureRisks: Finder = ({ changes }) =>
  changes.flatMap((change) => [
    ...publicPolicy(change),
    ...accessBlock(change),
    ...acl(change),
    ...openedPorts(change),
    ...noLongerSecret(change),
    ...visibility(change),
  ]);

function publicPolicy({ operation, before, after, name }: Change): Risk[] {
  if (operation === "delete" || operation === "same") return [];
  const publicIn = (inputs: Tree | undefined) =>
    grantsIn(inputs?.policy).filter(
      ({ effect, who, condition }) => effect === "Allow" && who === "*" && condition === "",
    );
  const opened = grantsOnlyIn(publicIn(after?.inputs), publicIn(before?.inputs));
  return opened.length === 0 ? [] : [danger(`Anybody may now use ${grantsText(opened)} (${name}).`)];
}

const BLOCKS = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];

function accessBlock({ type, operation, values, name }: Change): Risk[] {
  if (type !== "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock") return [];
  if (operation === "delete")
    return [danger(`Nothing keeps a policy from making the bucket public any more (${name}).`)];
  const lifted = values
    .filter(({ path, after }) => BLOCKS.includes(path) && after !== true)
    .map(({ path }) => path);
  return operation === "create" || lifted.length === 0
    ? []
    : [danger(`Public access is no longer blocked: ${listed(lifted)} (${name}).`)];
}

function acl({ before, after, operation, name }: Change): Risk[] {
  if (operation === "delete") return [];
  const isPublic = (inputs: Tree | undefined) => /^public-/.test(String(inputs?.acl ?? ""));
  return isPublic(after?.inputs) && !isPublic(before?.inputs)
    ? [danger(`Anybody may read what is in ${name} (ACL ${String(after?.inputs.acl)}).`)]
    : [];
}

const ANYWHERE = new Set(["0.0.0.0/0", "::/0"]);

// Firewalls of DigitalOcean and security groups of AWS: lists of rules with ports and allowed
// sources.
function openedPorts({ type, operation, before, after, name }: Change): Risk[] {
  if (type !== "digitalocean:index/firewall:Firewall" && type !== "aws:ec2/securityGroup:SecurityGroup")
    return [];
  if (operation === "delete")
    return [danger(`The firewall ${name} is deleted: every port of what it guards is open.`)];
  const portsIn = (inputs: Tree | undefined) =>
    [inputs?.inboundRules, inputs?.ingress].flat().filter(isTree).flatMap(openPort);
  const had = portsIn(before?.inputs);
  const opened = portsIn(after?.inputs).filter((port) => !had.includes(port));
  return opened.length === 0 || operation === "create"
    ? []
    : [danger(`Anybody may now reach ${listed(opened)} (firewall ${name}).`)];
}

function openPort(rule: Tree): string[] {
  const from = [rule.sourceAddresses, rule.cidrBlocks, rule.ipv6CidrBlocks].flat();
  if (!from.some((source) => ANYWHERE.has(String(source)))) return [];
  return [
    `${String(rule.protocol ?? "tcp")} port ${String(rule.portRange ?? rule.toPort ?? "of any number")}`,
  ];
}

function noLongerSecret({ values, name }: Change): Risk[] {
  const nameIn = (path: string, map: string) =>
    path.startsWith(`${map}.`) ? path.slice(map.length + 1) : undefined;
  const hidden = values
    .filter(({ secret, after }) => secret && after === undefined)
    .map(({ path }) => nameIn(path, "sensitiveConfigVars"));
  const shown = values.map(({ path, after }) =>
    after === undefined ? undefined : nameIn(path, "configVars"),
  );
  const both = shown.filter((variable) => variable !== undefined && hidden.includes(variable)) as string[];
  return both.length === 0 ? [] : [danger(`${listed(both)} of ${name} is no longer kept secret.`)];
}

function visibility({ values, name }: Change): Risk[] {
  return values.some(({ path, after }) => path === "visibility" && after === "public")
    ? [danger(`The repository ${name} becomes public.`)]
    : [];
}

function danger(says: string): Risk {
  return { kind: "exposure", level: "danger", says };
}
