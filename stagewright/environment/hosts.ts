import type { GuiSpec } from "./schema/gui";

/** The vendor that serves a public host name. */
export type HostVendor = "heroku" | "netlify" | "digitalocean";

/** A public host name, the zone for its record, and the vendor that serves it. */
export interface ZonedHost {
  host: string;
  zone: string;
  vendor: HostVendor;
}

/**
 * Says why a zone cannot hold a host, or a vendor cannot serve it there, as the end of a sentence;
 * `undefined` if both work.
 *
 * The top (apex) of a zone cannot be a CNAME (RFC 1034 §3.6.2), and Heroku offers only a CNAME
 * (https://devcenter.heroku.com/articles/custom-domains#configuring-dns-for-root-domains).
 */
export function hostFault({ host, zone, vendor }: ZonedHost): string | undefined {
  if (host !== zone && !host.endsWith(`.${zone}`)) {
    return `is '${host}', which is outside the zone; accepted: ${zone} or a name that ends with .${zone}`;
  }
  if (host === zone && vendor === "heroku") {
    return `is '${host}', the apex of the zone, which Heroku cannot serve; accepted: a name below it such as api.${zone}`;
  }
  return undefined;
}

/**
 * Returns the DNS record type for a host. Netlify has an IP address for the apex of a zone
 * (https://docs.netlify.com/manage/domains/configure-domains/configure-external-dns/).
 */
export function recordTypeOf({ host, zone, vendor }: ZonedHost): "A" | "CNAME" {
  return vendor === "digitalocean" || host === zone ? "A" : "CNAME";
}

/** Returns a host's name within its zone: `api` for `api.example.org`, `@` for the zone itself. */
export function nameInZone(host: string, zone: string): string {
  return host === zone ? "@" : host.slice(0, -`.${zone}`.length);
}

/**
 * Returns the public host name of a GUI: the stated one, else the default that every Netlify site
 * has.
 */
export function guiHost({ host, site }: GuiSpec): string {
  return host ?? `${site}.netlify.app`;
}
