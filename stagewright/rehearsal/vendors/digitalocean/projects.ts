import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import { type Caller, type Kind, type Occasion, uuid } from "../../vendor";
import { accountNumber, moment, nameOf, refuse, TYPES, texts } from "./api";
import { facts } from "./facts";

const ENVIRONMENTS = ["development", "staging", "production"];

/** https://docs.digitalocean.com/reference/api/reference/projects/#projects_create */
export const project: Kind = {
  facts: facts[TYPES.project],
  identity: ({ inputs, urn }) => ({ name: nameOf(inputs, urn) }),
  rules,
  defaults: ({ inputs, urn }) => ({
    description: "",
    isDefault: false,
    name: nameOf(inputs, urn),
    purpose: "Web Application",
    resources: [],
  }),
  outputs: ({ caller }, id) => ({
    createdAt: moment(id),
    ownerId: accountNumber(caller.account),
    ownerUuid: uuid("owner", caller.account),
    updatedAt: moment(id),
  }),
  // https://docs.digitalocean.com/products/projects/how-to/delete/
  mayDelete(things, { id, name, properties }) {
    if (properties.isDefault === true) refuse(422, `cannot delete the default project '${name}'`);
    if (membersOf(things, id).length > 0) refuse(412, "cannot delete a project with resources");
  },
  // An account has one default project.
  after(things, event, { id, properties }) {
    if (event === "delete" || properties.isDefault !== true) return;
    for (const other of things.list(TYPES.project))
      if (other.id !== id && other.properties.isDefault === true)
        things.put({ ...other, properties: { ...other.properties, isDefault: false } });
  },
  latency: { create: 2, update: 2, delete: 4 },
};

/**
 * https://docs.digitalocean.com/reference/api/reference/project-resources/#projects_assign_resources
 */
export const projectResources: Kind = {
  facts: facts[TYPES.projectResources],
  identity: ({ inputs }) => ({ name: String(inputs.project) }),
  id: (_, project) => project,
  overwrites: () => true,
  rules({ things, inputs, caller }) {
    findProject(things, caller.account, inputs.project);
    for (const urn of texts(inputs, "resources")) checkUrn(things, urn);
  },
  // A resource that joins a project leaves its previous one.
  after(things, event, { id, properties }) {
    if (event === "delete") return;
    const moved = texts(properties, "resources");
    for (const other of things.list(TYPES.projectResources)) {
      const kept = texts(other.properties, "resources").filter((urn) => !moved.includes(urn));
      if (other.id !== id && kept.length < texts(other.properties, "resources").length)
        things.put({ ...other, properties: { ...other.properties, resources: kept } });
    }
  },
  latency: { create: 2, update: 2, delete: 2 },
};

/**
 * `digitalocean.getProject`: finds a project of the account by name or id; without either, the
 * default one.
 */
export function getProject({ id, name }: Properties, { account }: Caller, things: Things): Properties {
  if (id === undefined && name === undefined) return projectOf(account, things, defaultOf(things, account));
  const found = things.list(TYPES.project).find((project) => project.id === id || project.name === name);
  return found
    ? projectOf(account, things, found)
    : refuse(404, `no project found with ${id === undefined ? "name" : "id"} ${id ?? name}`);
}

/**
 * The id of the project that an account has from the start, which contains all resources that are
 * in no other project.
 */
export function defaultProject(account: string): string {
  return uuid("default project", account);
}

/** Refuses an id that does not belong to a project. */
export function findProject(things: Things, account: string, id: unknown): void {
  if (id !== defaultProject(account) && !things.get(TYPES.project, String(id)))
    refuse(404, `The project ${id} could not be found.`);
}

function rules({ things, inputs, caller, urn, id }: Occasion): void {
  const name = nameOf(inputs, urn);
  if (name.length < 1 || name.length > 175) refuse(422, "name must be 1 to 175 characters.");
  const taken = things.named(TYPES.project, caller.account, name);
  if (taken && taken.id !== id) refuse(409, `name is already in use: '${name}'`);
  for (const property of ["description", "purpose"])
    if (String(inputs[property] ?? "").length > 255) refuse(422, `${property} is too long (maximum is 255).`);
  const { environment } = inputs;
  if (environment !== undefined && !ENVIRONMENTS.includes(String(environment).toLowerCase()))
    refuse(422, `environment '${environment}' is not one of ${ENVIRONMENTS.join(", ")}.`);
  for (const urn of texts(inputs, "resources")) checkUrn(things, urn);
}

/**
 * https://docs.digitalocean.com/reference/api/reference/project-resources/: the types that can be
 * in a project, by their names in a URN.
 */
const MEMBERS: Record<string, string> = {
  dbaas: TYPES.cluster,
  domain: TYPES.domain,
  droplet: TYPES.droplet,
  floatingip: TYPES.reservedIp,
  reservedip: TYPES.reservedIp,
  space: TYPES.spacesBucket,
  volume: TYPES.volume,
};

function checkUrn(things: Things, urn: string): void {
  const [, mark = "", id = ""] = /^do:(\w+):(.+)$/.exec(urn) ?? [];
  const type = MEMBERS[mark];
  if (!type) refuse(422, `'${urn}' is not the URN of something that can be in a project.`);
  if (!things.get(type, id)) refuse(404, `the resource ${urn} could not be found.`);
}

// The resources that the project lists itself, those assigned to it, and the clusters created in
// it.
function membersOf(things: Things, id: string): string[] {
  const assigned = things.get(TYPES.projectResources, id);
  const made = things.list(TYPES.cluster).filter(({ properties }) => properties.projectId === id);
  return [
    ...(assigned ? texts(assigned.properties, "resources") : []),
    ...made.map(({ id }) => `do:dbaas:${id}`),
  ];
}

function defaultOf(things: Things, account: string): Pick<Thing, "id" | "properties"> {
  const own = things.list(TYPES.project).find(({ properties }) => properties.isDefault === true);
  const id = defaultProject(account);
  const properties = {
    name: account,
    description: "",
    environment: "",
    isDefault: true,
    purpose: "Web Application",
  };
  return own ?? { id, properties: { ...properties, createdAt: moment(id), updatedAt: moment(id) } };
}

function projectOf(
  account: string,
  things: Things,
  { id, properties }: Pick<Thing, "id" | "properties">,
): Properties {
  return {
    environment: "",
    ownerId: accountNumber(account),
    ownerUuid: uuid("owner", account),
    ...properties,
    id,
    resources: [...new Set([...texts(properties, "resources"), ...membersOf(things, id)])].sort(),
  };
}
