import { diffProperties } from "../protocol/diff";
import { type Provider, ProviderError, type ProviderSession, type ResourceRef } from "../protocol/provider";
import { NetlifyApi, type Surroundings } from "./api";
import { buildHook } from "./build-hook";
import { certificate } from "./certificate";
import { checkConfig, settingsOf, urlFault } from "./config";
import { deployKey } from "./deploy-key";
import { environmentVariable } from "./environment-variable";
import { forcesReplace, validate, withoutMissing } from "./inputs";
import { version } from "./package.json";
import type { Resource } from "./resource";
import { site } from "./site";

const RESOURCES = new Map<string, Resource>(
  [site, deployKey, buildHook, environmentVariable, certificate].map((resource) => [resource.type, resource]),
);

const MACHINE: Surroundings = {
  env: process.env,
  now: Date.now,
  chance: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * The Netlify provider. Configuration: `token` (secret; default: NETLIFY_AUTH_TOKEN), `baseUrl`
 * (default: NETLIFY_API_URL, then the vendor's), `requestTimeout`, `maxAttempts`, `maxRetryDelay`
 * (see `Settings`). A preview of new resources sends nothing to Netlify and needs no token.
 */
export function netlifyProvider(surroundings: Partial<Surroundings> = {}): Provider {
  const around = { ...MACHINE, ...surroundings };
  return {
    name: "netlify",
    version,
    checkConfig: async (config) => checkConfig(config),
    open: async (config) => {
      const settings = settingsOf(config, around.env);
      const fault = urlFault(settings.baseUrl);
      if (fault)
        throw new ProviderError(`Netlify's API address (netlify:baseUrl or NETLIFY_API_URL) ${fault}`);
      return session(new NetlifyApi(settings, around));
    },
  };
}

function session(api: NetlifyApi): ProviderSession {
  return {
    async check(ref, news) {
      const resource = resourceOf(ref);
      const inputs = withoutMissing(news);
      const failures = validate(resource.inputs, inputs);
      return { inputs, failures: failures.length > 0 ? failures : (resource.check?.(inputs) ?? []) };
    },
    async diff(ref, _id, olds, news, ignore) {
      const { inputs, deleteBeforeReplace, changesNothing } = resourceOf(ref);
      const all = diffProperties(olds, news, forcesReplace(inputs), ignore);
      const changes = Object.entries(all).filter(([path]) => !changesNothing?.(path, olds, news));
      return { changes: Object.fromEntries(changes), deleteBeforeReplace };
    },
    async create(ref, inputs, preview) {
      const resource = resourceOf(ref);
      return preview ? { id: "", state: resource.preview(inputs) } : resource.create(api, inputs);
    },
    read: (ref, id, inputs, state) => resourceOf(ref).read(api, id, inputs, state),
    async update(ref, id, olds, news, preview) {
      const resource = resourceOf(ref);
      if (preview) return resource.preview(news, olds);
      return resource.update ? resource.update(api, id, olds, news) : olds;
    },
    delete: (ref, id) => resourceOf(ref).delete(api, id),
    invoke: async (token) => {
      throw new ProviderError(`the netlify provider has no function ${token}`);
    },
  };
}

function resourceOf(ref: ResourceRef): Resource {
  const resource = RESOURCES.get(ref.type);
  if (resource) return resource;
  throw new ProviderError(
    `the netlify provider has no resource type ${ref.type}; it has ${[...RESOURCES.keys()].join(", ")}`,
  );
}
