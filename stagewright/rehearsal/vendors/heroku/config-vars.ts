import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import { uuid } from "../../vendor";
import { refuse, texts } from "./api";

/**
 * The type of an app's config vars in the rehearsal cloud. It is not a resource type: several kinds
 * of resources set them.
 */
export const CONFIG_VAR = "heroku:configVar";

/**
 * The maximum bytes of all keys and values of an app:
 * https://devcenter.heroku.com/articles/config-vars
 */
const LIMIT = 64 * 1024;

/** Returns an app's config vars, including those of its add-ons. */
export function configVarsOf(things: Things, appId: string): Record<string, string> {
  return Object.fromEntries(
    own(things, appId).map(({ name, properties }) => [name, String(properties.value)]),
  );
}

/**
 * Returns the add-on that sets a config var of an app; `undefined` if the var does not exist or the
 * user set it.
 */
export function managingAddon(things: Things, appId: string, name: string): string | undefined {
  const managed = things.named(CONFIG_VAR, appId, name)?.properties.managedBy;
  return managed === undefined ? undefined : String(managed);
}

/** Refuses config vars that a user may not set. */
export function mayWrite(things: Things, appId: string, vars: Record<string, string>): void {
  for (const name of Object.keys(vars)) {
    // The API's message; https://devcenter.heroku.com/articles/managing-add-ons
    if (managingAddon(things, appId, name) !== undefined)
      refuse(422, `Cannot overwrite attachment values ${name}.`);
  }
  const all = { ...configVarsOf(things, appId), ...vars };
  const size = Object.entries(all).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (size > LIMIT)
    refuse(422, `Config vars of an app cannot exceed ${LIMIT / 1024}kb, these have ${size} bytes.`);
}

/** Merges two maps of config vars. The provider refuses a name that is in both. */
export function combined(
  plain: Record<string, string>,
  sensitive: Record<string, string>,
): Record<string, string> {
  const both = Object.keys(plain).filter((name) => name in sensitive);
  if (both.length > 0) refuse(422, `Config vars are both plain and sensitive: ${both.join(", ")}.`);
  return { ...plain, ...sensitive };
}

/**
 * Writes the config vars that a thing sets on an app, and removes those that it no longer sets.
 *
 * @param owner id of the app, the association or the attachment that sets them.
 * @param managedBy id of the add-on, if it sets them.
 */
export function writeVars(
  things: Things,
  app: Thing,
  owner: string,
  vars: Record<string, string>,
  managedBy?: string,
): void {
  for (const existing of own(things, app.id)) {
    if (existing.properties.owner === owner && !(existing.name in vars))
      things.remove(CONFIG_VAR, existing.id);
  }
  for (const [name, value] of Object.entries(vars)) {
    const properties = { appId: app.id, owner, value, ...(managedBy === undefined ? {} : { managedBy }) };
    const id = uuid(CONFIG_VAR, app.id, name);
    const { account } = app;
    things.put({ type: CONFIG_VAR, id, account, scope: app.id, name, properties, written: properties });
  }
}

/**
 * Reads config vars like a provider: those whose names it knows, with the app's current values, no
 * matter who set them. It does not see other names:
 * https://github.com/heroku/terraform-provider-heroku/blob/master/heroku/resource_heroku_app.go
 *
 * @param thing the app or association that set them; if somebody has edited them in its row, the
 *   row counts.
 * @param maps the properties of it that hold them.
 * @param knows the properties in the engine's state.
 */
export function readMaps(
  things: Things,
  thing: Thing,
  appId: string,
  maps: readonly string[],
  knows: Properties,
): Properties {
  const now = configVarsOf(things, appId);
  const read = (map: string) => {
    const [row, written] = [texts(thing.properties, map), texts(thing.written, map)];
    const found = Object.keys(texts(knows, map)).map(
      (name) => [name, row[name] === written[name] ? now[name] : row[name]] as const,
    );
    return Object.fromEntries(found.filter(([, value]) => value !== undefined));
  };
  return Object.fromEntries(maps.filter((map) => knows[map] !== undefined).map((map) => [map, read(map)]));
}

function own(things: Things, appId: string): Thing[] {
  return things.list(CONFIG_VAR).filter(({ scope }) => scope === appId);
}
