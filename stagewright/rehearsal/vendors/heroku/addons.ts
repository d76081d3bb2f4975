import type { Properties } from "../../../../providers/protocol/provider";
import { postgresVersions } from "../../../environment/vendors/heroku";
import type { ByType } from "../../../resources/types";
import type { Thing, Things } from "../../store";
import { type Caller, digits, type Kind, type Occasion, uuid } from "../../vendor";
import { bought, isEssential, refusesAddonChange } from "./addon-changes";
import { drawnName, findApp, refuse, showsConfigVars, texts } from "./api";
import { CONFIG_VAR, managingAddon, writeVars } from "./config-vars";
import { facts } from "./facts";
import { attachmentName, type Service, services } from "./services";

const ADDON = "heroku:addon/addon:Addon";
const APP = "heroku:app/app:App";

const addon: Kind = {
  facts: facts[ADDON],
  identity: ({ inputs, urn }) => ({ name: addonName(inputs, urn), scope: "" }),
  rules(occasion) {
    const { things, inputs, urn, id } = occasion;
    findApp(things, inputs.appId);
    const name = addonName(inputs, urn);
    // The provider's pattern.
    if (!/^[a-zA-Z][\w-]{1,255}$/.test(name))
      refuse(
        422,
        `Invalid custom addon name '${name}': must start with a letter and can only contain lowercase letters, numbers, and dashes`,
      );
    const taken = things.named(ADDON, "", name);
    if (taken && taken.id !== id) refuse(422, `Add-on name ${name} is already taken`);
    const [service, plan] = offered(inputs);
    if (service === "heroku-postgresql") postgresRules(occasion, plan);
  },
  refuses: refusesAddonChange,
  outputs(occasion, id) {
    const { things, inputs, caller } = occasion;
    const service = serviceOf(inputs);
    const values = variables(service, freeAttachment(things, service, inputs.appId, id), id);
    return {
      configVars: Object.keys(values),
      configVarValues: showsConfigVars(caller, "addon") ? values : {},
      providerId: uuid("provider", id),
    };
  },
  derived: ({ inputs, urn }) => ({ name: addonName(inputs, urn) }),
  after(things, event, thing) {
    if (event === "delete") return removeAddon(things, thing);
    if (event === "update") return; // the credentials stay
    const names = thing.properties.configVars as string[];
    attach(things, thing, String(thing.properties.appId), String(names[0]).replace(/_[A-Z]+$/, ""), thing.id);
  },
  // Heroku Postgres Standard takes about 5 minutes, an Essential plan or a shared broker seconds.
  latency: { create: 240, update: 60, delete: 3 },
};

const attachment: Kind = {
  facts: facts["heroku:addon/attachment:Attachment"],
  identity: (occasion) => ({ name: nameOfAttachment(occasion), scope: String(occasion.inputs.appId) }),
  rules(occasion) {
    const { things, inputs } = occasion;
    const { id } = findApp(things, inputs.appId);
    const source = things.get(ADDON, String(inputs.addonId)) ?? refuse(404, "Couldn't find that add-on.");
    credentialRules(source, inputs.namespace);
    const name = nameOfAttachment(occasion);
    if (things.named(CONFIG_VAR, id, `${name}_URL`)) refuse(422, `Attachment name ${name} is already taken`);
  },
  derived: (occasion) => ({ name: nameOfAttachment(occasion) }),
  after(things, event, thing) {
    const { appId, addonId } = thing.properties;
    const app = things.get(APP, String(appId));
    const source = things.get(ADDON, String(addonId));
    if (event === "create" && source)
      attach(things, source, String(appId), thing.name, thing.id, namespaceOf(thing.properties));
    if (event === "delete" && app) writeVars(things, app, thing.id, {});
  },
  latency: { create: 3, delete: 2 },
};

/** Add-ons, and their attachments to other apps. */
export const addonKinds: ByType<Kind> = {
  [ADDON]: addon,
  "heroku:addon/attachment:Attachment": attachment,
};

/**
 * Finds an add-on by its name:
 * https://devcenter.heroku.com/articles/platform-api-reference#add-on-info
 */
export function getAddon({ name }: Properties, _caller: Caller, things: Things): Properties {
  const found = things.named(ADDON, "", String(name)) ?? refuse(404, `Couldn't find that add-on: ${name}.`);
  const { appId, configVars, plan, providerId } = found.properties;
  return { id: found.id, name, appId, configVars, plan, providerId };
}

/** Removes an add-on with its attachments and their config vars, in all apps. */
export function removeAddon(things: Things, { id }: Thing): void {
  things.remove(ADDON, id);
  for (const attached of things.list("heroku:addon/attachment:Attachment")) {
    if (attached.properties.addonId === id) things.remove(attached.type, attached.id);
  }
  for (const { scope, name, ...variable } of things.list(CONFIG_VAR)) {
    if (managingAddon(things, scope, name) === id) things.remove(CONFIG_VAR, variable.id);
  }
}

/**
 * Adds an add-on that an environment uses and does not create, visible to getAddon and attachments
 * from any app.
 */
export function seedAddon(things: Things, name: string, plan: string): void {
  if (things.named(ADDON, "", name)) return;
  const id = uuid(ADDON, "", name);
  const service = serviceOf({ plan });
  const properties = {
    name,
    plan,
    appId: "",
    configVars: Object.keys(variables(service, service.first, id)),
    providerId: uuid("provider", id),
  };
  things.put({ type: ADDON, id, account: "heroku", scope: "", name, properties, written: properties });
}

/** Adds an app with a database that an environment copies at its start. */
export function seedDatabaseOf(things: Things, app: string): void {
  if (things.named(APP, "", app)) return;
  const id = uuid(APP, "", app);
  const properties = { name: app, uuid: id };
  things.put({ type: APP, id, account: "heroku", scope: "", name: app, properties, written: properties });
  const database = `${app}-database`;
  seedAddon(things, database, "heroku-postgresql:standard-0");
  const source = things.named(ADDON, "", database);
  if (source) attach(things, source, id, "DATABASE", source.id);
}

function addonName(inputs: Properties, urn: string): string {
  return inputs.name === undefined ? drawnName(urn, digits(7, urn)) : String(inputs.name);
}

function serviceOf(properties: Properties): Service {
  return services[offered(properties)[0]] as Service;
}

function offered(properties: Properties): [service: string, plan: string] {
  const [service, name] = bought(properties);
  // The known plans are in stagewright/environment/vendors/heroku.ts, with their sources.
  if (!services[service]) refuse(404, `Couldn't find that add-on service: ${service}.`);
  if (!services[service].plans.includes(name))
    refuse(404, `Couldn't find that add-on plan: ${properties.plan}.`);
  return [service, name];
}

function postgresRules({ things, inputs }: Occasion, plan: string): void {
  const { version, follow, fork } = texts(inputs, "config");
  // https://devcenter.heroku.com/articles/heroku-postgres-version-support
  if (version !== undefined && !(postgresVersions as readonly string[]).includes(version))
    refuse(422, `PostgreSQL version ${version} is not one of ${postgresVersions.join(", ")}.`);
  if (fork !== undefined) forkRules(things, fork, plan);
  if (follow === undefined) return;
  // https://devcenter.heroku.com/articles/heroku-postgres-follower-databases
  const leader = findDatabase(things, String(inputs.appId), follow);
  if (isEssential(plan) || isEssential(bought(leader.properties)[1]))
    refuse(
      422,
      "Followers are only supported on Standard, Premium, and Private and Shield tier database plans.",
    );
  if (texts(leader.properties, "config").follow !== undefined)
    refuse(422, `Cannot follow ${leader.name}: it is itself a follower.`);
}

// https://devcenter.heroku.com/articles/heroku-postgres-fork
function forkRules(things: Things, fork: string, plan: string): void {
  const [appName = "", reference = ""] = fork.split("::");
  const app = things.named(APP, "", appName) ?? refuse(404, "Couldn't find that app.");
  const source = findDatabase(things, app.id, reference);
  if (isEssential(plan) || isEssential(bought(source.properties)[1]))
    refuse(422, "Forks are only supported on Standard, Premium, and Private and Shield tier database plans.");
}

function findDatabase(things: Things, appId: string, reference: string): Thing {
  const id = managingAddon(things, appId, reference) ?? things.named(ADDON, "", reference)?.id;
  const found = id === undefined ? undefined : things.get(ADDON, id);
  return found ?? refuse(422, `Could not find the database to follow: ${reference}.`);
}

// https://devcenter.heroku.com/articles/heroku-postgresql-credentials: not in the Essential tier
function credentialRules({ properties, name }: Thing, namespace: unknown): void {
  if (namespace === undefined) return;
  const [service, plan] = bought(properties);
  if (service !== "heroku-postgresql" || isEssential(plan))
    refuse(422, `${name} has no credentials but its own: they come with Standard and Premium databases.`);
}

function namespaceOf({ namespace }: Properties): string {
  return namespace === undefined ? "" : String(namespace);
}

function variables(service: Service, name: string, seed: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.values(seed)).map(([ending, value]) => [`${name}_${ending}`, value]),
  );
}

function attach(
  things: Things,
  source: Thing,
  appId: string,
  name: string,
  owner: string,
  namespace = "",
): void {
  // Each credential of a database has its own user and password.
  const values = variables(serviceOf(source.properties), name, `${source.id}${namespace}`);
  writeVars(things, findApp(things, appId), owner, values, source.id);
}

function nameOfAttachment({ things, inputs, id }: Occasion): string {
  if (inputs.name !== undefined) return String(inputs.name);
  if (id !== undefined) return things.get("heroku:addon/attachment:Attachment", id)?.name ?? "";
  const source = things.get(ADDON, String(inputs.addonId));
  if (!source) return "";
  return freeAttachment(things, serviceOf(source.properties), inputs.appId, source.id);
}

function freeAttachment(things: Things, service: Service, appId: unknown, addonId: string): string {
  const isTaken = (name: string) => things.named(CONFIG_VAR, String(appId), `${name}_URL`) !== undefined;
  return attachmentName(service, addonId, isTaken);
}
