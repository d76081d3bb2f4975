import { type Properties, ProviderError } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import type { Caller } from "../../vendor";

type Status = 403 | 404 | 422;

/** Refuses like Heroku's Platform API. */
export function refuse(status: Status, message: string): never {
  throw new ProviderError(error(status, message));
}

/**
 * Returns an error in the words of Heroku's Platform API
 * (https://devcenter.heroku.com/articles/platform-api-reference#errors).
 */
export function error(status: Status, message: string): string {
  const id = { 403: "forbidden", 404: "not_found", 422: "invalid_params" }[status];
  return `${status} ${id}: ${message}`;
}

/** Returns the app of an `appId`. */
export function findApp(things: Things, appId: unknown): Thing {
  return things.get("heroku:app/app:App", String(appId)) ?? refuse(404, "Couldn't find that app.");
}

/** Returns the things of one type that belong to an app. */
export function ofApp(things: Things, type: string, appId: unknown): Thing[] {
  return things.list(type).filter((thing) => thing.properties.appId === appId);
}

/** Returns the package's generated name: the logical name and seven digits. */
export function drawnName(urn: string, digits: string): string {
  return `${urn.split("::").at(-1)}-${digits}`;
}

/** Reads a property that is a map of strings, for example config vars; empty if it is not set. */
export function texts(properties: Properties, property: string): Record<string, string> {
  return { ...(properties[property] as Record<string, string> | undefined) };
}

/**
 * Whether the provider writes the values of config vars into the state, by its setting
 * `customizations`, which is sent as JSON: `app` for all of an app, `addon` for those of an add-on.
 */
export function showsConfigVars({ config }: Caller, of: "app" | "addon"): boolean {
  const setting = of === "app" ? "setAppAllConfigVarsInState" : "setAddonConfigVarsInState";
  const { customizations } = config;
  const list = typeof customizations === "string" ? JSON.parse(customizations) : customizations;
  return !(Array.isArray(list) && list.some((entry) => entry?.[setting] === false));
}
