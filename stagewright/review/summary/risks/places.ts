import { logicalName } from "../../../../providers/protocol/names";
import type { ResourceState } from "../../../resources/graph";
import { listed } from "../../../text/words";
import type { ProviderChange } from "../../change/providers";
import { holding, holds } from "./data";
import type { Finder, Occasion, Risk } from "./risk";

/**
 * The effects of a changed provider configuration on the provider's resources: moved, left behind,
 * or managed with other rights.
 */
export const placeRisks: Finder = (occasion) =>
  occasion.providers.flatMap((provider) =>
    provider.values.flatMap((value) => risks(provider, value, occasion)),
  );

type Value = ProviderChange["values"][number];

/**
 * The effect of a key of a provider's configuration: `moves` moves the provider's resources,
 * `address` makes them impossible to find, and `login` changes the provider's rights. Other keys do
 * not affect the resources.
 */
const KEYS: Readonly<Record<string, Readonly<Record<string, "moves" | "address" | "login">>>> = {
  // https://www.pulumi.com/registry/packages/aws/installation-configuration/
  aws: {
    region: "moves",
    allowedAccountIds: "moves",
    assumeRoles: "login",
    accessKey: "login",
    secretKey: "login",
    token: "login",
    profile: "login",
  },
  // https://registry.terraform.io/providers/cloudamqp/cloudamqp/latest/docs
  cloudamqp: { apikey: "login", baseurl: "address" },
  // https://www.pulumi.com/registry/packages/digitalocean/installation-configuration/
  digitalocean: {
    apiEndpoint: "address",
    spacesEndpoint: "address",
    spacesAccessId: "login",
    spacesSecretKey: "login",
    token: "login",
  },
  // https://www.pulumi.com/registry/packages/github/installation-configuration/
  github: { appAuth: "login", baseUrl: "address", organization: "address", owner: "address", token: "login" },
  // https://registry.terraform.io/providers/heroku/heroku/latest/docs
  heroku: { apiKey: "login", email: "login", url: "address" },
  netlify: { baseUrl: "address", token: "login" },
  // https://registry.terraform.io/providers/jianyuan/sentry/latest/docs
  sentry: { baseUrl: "address", token: "login" },
};

function risks({ of, urn, name }: ProviderChange, value: Value, occasion: Occasion): Risk[] {
  const meaning = KEYS[of]?.[value.key];
  if (meaning === undefined) return [];
  const made = occasion.standing.filter((resource) => isMadeBy(resource, urn));
  if (made.length === 0) return [];
  const data = dataAmong(value.key === "region" ? made.filter(isOfRegion) : made, occasion);
  const change = value.secret
    ? `another ${value.key}`
    : `${value.key} ${value.after ?? "(none)"} in place of ${value.before ?? "(none)"}`;
  const what = data.length > 0 ? listed(data) : `${made.length} resources`;
  switch (meaning) {
    case "moves":
      return [
        {
          kind: "data",
          level: data.length > 0 ? "danger" : "warning",
          says: `The provider ${name} gets ${change}: what it made is made anew there, and empty: ${what}.`,
        },
      ];
    case "address":
      return [
        {
          kind: "data",
          level: "danger",
          says: `The provider ${name} gets ${change}: what it made is left behind where it is, out of sight: ${what}.`,
        },
      ];
    case "login":
      return [
        {
          kind: "rights",
          level: "warning",
          says: `The provider ${name} gets ${change}: in another account than before it would lose sight of what it made (${what}).`,
        },
      ];
  }
}

function isMadeBy({ provider }: ResourceState, urn: string): boolean {
  return typeof provider === "string" && provider.startsWith(`${urn}::`);
}

// Global services have no such input: IAM, Route 53.
function isOfRegion({ inputs }: ResourceState): boolean {
  return inputs?.region !== undefined;
}

function dataAmong(resources: readonly ResourceState[], occasion: Occasion): string[] {
  return resources
    .map(({ urn, type, inputs = {} }) => ({ type, name: logicalName(urn), before: { inputs } }))
    .filter(holds)
    .map((resource) => `the ${holding(resource, occasion)}`);
}
