import type { components } from "@netlify/open-api";
import { type Properties, ProviderError, UNKNOWN } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import { Refused, unlessNotFound } from "./errors";
import { matches } from "./inputs";
import type { Resource } from "./resource";

type Certificate = components["schemas"]["sniCertificate"];

const DNS_POLL_SECONDS = 15;

/**
 * The managed (Let's Encrypt) certificate of a site's custom domain. It is a separate resource
 * because the domain's DNS record must exist first, and that record needs the site. Its ID is the
 * site's.
 */
export const certificate: Resource = {
  type: "netlify:index/certificate:Certificate",
  inputs: {
    siteId: { type: "string", required: true, replace: true, rule: matches(/./, "the ID of a site") },
    /** How long to wait for the DNS record to become visible, in seconds. Default 300. */
    dnsTimeout: { type: "number", rule: (value) => (Number(value) >= 0 ? undefined : "must be at least 0") },
  },
  deleteBeforeReplace: false,
  preview: (news, olds) => ({
    ...news,
    state: olds?.state ?? UNKNOWN,
    domains: olds?.domains ?? UNKNOWN,
    expiresAt: olds?.expiresAt ?? UNKNOWN,
  }),

  async create(api, inputs) {
    const siteId = inputs.siteId as string;
    // The API refuses to provision a certificate that exists (`provisionSiteTLSCertificate` in the
    // OpenAPI document).
    const found =
      (await get(api, siteId)) ?? (await provision(api, siteId, Number(inputs.dnsTimeout ?? 300)));
    return { id: siteId, state: stateOf(inputs, found) };
  },

  async read(api, id, inputs) {
    const found = await get(api, id);
    if (!found) return undefined;
    const known = { ...inputs, siteId: id };
    return { id, inputs: known, state: stateOf(known, found) };
  },

  update: async (_api, _id, olds, news) => ({ ...olds, ...news }),

  /** The API cannot delete it: the certificate goes with the domain or the site. */
  delete: async () => {},
};

function get(api: NetlifyApi, siteId: string): Promise<Certificate | undefined> {
  const to = `read the certificate of the site ${siteId}`;
  return unlessNotFound(api.call("get", "/sites/{site_id}/ssl", { path: { site_id: siteId }, to }));
}

async function provision(api: NetlifyApi, siteId: string, dnsTimeout: number): Promise<Certificate> {
  const to = `provision a certificate for the site ${siteId}`;
  let refusal: ProviderError | undefined;
  const attempt = async () => {
    try {
      return await api.call("post", "/sites/{site_id}/ssl", { path: { site_id: siteId }, to });
    } catch (error) {
      // "bad dns for custom domain": the record is not visible yet.
      if (!(error instanceof Refused && error.status === 422 && /dns/i.test(error.message))) throw error;
      refusal = error;
      return undefined;
    }
  };
  const made = await api.poll(
    () => api.createOnce<Certificate | undefined>(attempt, () => get(api, siteId)),
    DNS_POLL_SECONDS,
    dnsTimeout,
  );
  if (made) return made;
  throw new ProviderError(
    `${refusal?.message}; the domain's DNS record must point to Netlify within ${dnsTimeout} s`,
  );
}

function stateOf(inputs: Properties, found: Certificate): Properties {
  return { ...inputs, state: found.state, domains: found.domains, expiresAt: found.expires_at };
}
