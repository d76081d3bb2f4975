import type { Properties } from "../../../../providers/protocol/provider";
import { herokuAppName, herokuRegions, herokuStacks } from "../../../environment/vendors/heroku";
import type { ByType } from "../../../resources/types";
import type { Thing, Things } from "../../store";
import { digits, type Kind, type Occasion } from "../../vendor";
import { removeAddon } from "./addons";
import { drawnName, findApp, ofApp, refuse, showsConfigVars, texts } from "./api";
import { CONFIG_VAR, combined, configVarsOf, mayWrite, readMaps, writeVars } from "./config-vars";
import { facts } from "./facts";
import { CURRENT_RELEASE } from "./releases";

const APP = "heroku:app/app:App";

/** Apps of one account, and of one Heroku Team: https://devcenter.heroku.com/articles/limits */
const MOST_APPS = 100;

const app: Kind = {
  facts: facts[APP],
  identity: ({ inputs, urn }) => ({ name: appName(inputs, urn), scope: "" }),
  rules({ things, inputs, urn, id }, existing) {
    const name = appName(inputs, urn);
    // https://devcenter.heroku.com/articles/platform-api-reference#app
    if (!herokuAppName.pattern.test(name))
      refuse(
        422,
        `Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes: '${name}' is not ${herokuAppName.accepted}.`,
      );
    const taken = things.named(APP, "", name);
    if (taken && taken.id !== id) refuse(422, `Name ${name} is already taken`);
    // https://devcenter.heroku.com/articles/regions
    if (!includes(herokuRegions, inputs.region))
      refuse(422, `Region '${inputs.region}' is not one of ${herokuRegions.join(", ")}.`);
    // https://devcenter.heroku.com/articles/stack
    if (inputs.stack !== undefined && inputs.stack !== "container" && !includes(herokuStacks, inputs.stack))
      refuse(422, `Stack '${inputs.stack}' does not exist.`);
    if (!existing && appsOf(things, teamOf(inputs)).length >= MOST_APPS)
      refuse(422, `You've reached the limit of ${MOST_APPS} apps.`);
    const vars = combined(texts(inputs, "configVars"), texts(inputs, "sensitiveConfigVars"));
    mayWrite(things, id ?? "", vars);
  },
  defaults: () => ({
    acm: false,
    buildpacks: [],
    configVars: {},
    internalRouting: false,
    sensitiveConfigVars: {},
    stack: "heroku-24",
  }),
  outputs: (_, id) => ({ uuid: id }),
  derived(occasion, id) {
    const name = appName(occasion.inputs, occasion.urn);
    // https://devcenter.heroku.com/articles/custom-domains#domain-names:
    // APPNAME-IDENTIFIER.herokuapp.com
    const herokuHostname = `${name}-${digits(12, id)}.herokuapp.com`;
    return {
      name,
      allConfigVars: showsConfigVars(occasion.caller, "app") ? visibleVars(occasion, id) : {},
      gitUrl: `https://git.heroku.com/${name}.git`,
      herokuHostname,
      webUrl: `https://${herokuHostname}/`,
    };
  },
  after(things, event, thing) {
    if (event === "delete") return removeApp(things, thing.id);
    const { properties } = thing;
    writeVars(things, thing, thing.id, {
      ...texts(properties, "configVars"),
      ...texts(properties, "sensitiveConfigVars"),
    });
  },
  seen: (things, thing, knows) =>
    readMaps(things, thing, thing.id, ["configVars", "sensitiveConfigVars"], knows),
  unseen: "config vars that somebody adds at Heroku (they stay)",
  latency: { create: 7, update: 2, delete: 3 }, // the provider waits 5 s after a creation
};

const configAssociation: Kind = {
  facts: facts["heroku:app/configAssociation:ConfigAssociation"],
  identity: ({ inputs }) => ({
    name: [...Object.keys(texts(inputs, "vars")), ...Object.keys(texts(inputs, "sensitiveVars"))]
      .sort()
      .join(" "),
    scope: String(inputs.appId),
  }),
  // The provider's id is `config:` and the app's; the digits distinguish two associations of one
  // app.
  id: ({ inputs }, name) => `config:${inputs.appId}:${digits(8, name)}`,
  overwrites: () => true,
  rules({ things, inputs }) {
    const { id } = findApp(things, inputs.appId);
    mayWrite(things, id, combined(texts(inputs, "vars"), texts(inputs, "sensitiveVars")));
  },
  after(things, event, thing) {
    const owner = things.get(APP, String(thing.properties.appId));
    if (!owner) return; // its config vars went with the app
    const vars = { ...texts(thing.properties, "vars"), ...texts(thing.properties, "sensitiveVars") };
    writeVars(things, owner, thing.id, event === "delete" ? {} : vars);
  },
  seen: (things, thing, knows) =>
    readMaps(things, thing, String(thing.properties.appId), ["vars", "sensitiveVars"], knows),
  latency: { create: 2, update: 2, delete: 2 },
};

const feature: Kind = {
  facts: facts["heroku:app/feature:Feature"],
  identity: ({ inputs, urn }) => ({ name: featureName(inputs, urn), scope: String(inputs.appId) }),
  overwrites: () => true,
  rules: ({ things, inputs }) => void findApp(things, inputs.appId),
  defaults: () => ({ enabled: true }),
  derived: ({ inputs, urn }) => ({ name: featureName(inputs, urn) }),
};

/** Apps and their parts. */
export const appKinds: ByType<Kind> = {
  [APP]: app,
  "heroku:app/configAssociation:ConfigAssociation": configAssociation,
  "heroku:app/feature:Feature": feature,
};

// A deleted app takes its parts with it:
// https://devcenter.heroku.com/articles/platform-api-reference#app-delete
function removeApp(things: Things, appId: string): void {
  for (const addon of ofApp(things, "heroku:addon/addon:Addon", appId)) removeAddon(things, addon);
  for (const type of [...Object.keys(facts), CONFIG_VAR, CURRENT_RELEASE]) {
    for (const { id } of ofApp(things, type, appId)) things.remove(type, id);
  }
}

function appName(inputs: Properties, urn: string): string {
  return inputs.name === undefined ? drawnName(urn, digits(7, urn)) : String(inputs.name);
}

function featureName(inputs: Properties, urn: string): string {
  return String(inputs.name ?? urn.split("::").at(-1));
}

function visibleVars({ things, inputs }: Occasion, id: string): Record<string, string> {
  return {
    ...configVarsOf(things, id),
    ...texts(inputs, "configVars"),
    ...texts(inputs, "sensitiveConfigVars"),
  };
}

function teamOf(properties: Properties): string | undefined {
  return texts(properties, "organization").name;
}

function appsOf(things: Things, team: string | undefined): Thing[] {
  return things.list(APP).filter(({ properties }) => teamOf(properties) === team);
}

function includes(accepted: readonly string[], value: unknown): boolean {
  return typeof value === "string" && accepted.includes(value);
}
