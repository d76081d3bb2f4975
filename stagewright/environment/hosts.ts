import type { GuiSpec } from "./schema/gui";

/** Who serves a public host name. */
export type HostVendor = "heroku" | "netlify" | "digitalocean";

/** A public host name, the zone that is to hold its record, and who serves it. */
export interface ZonedHost {
  host: string;
  zone: string;
  vendor: HostVendor;
}

/**
 * Why a zone cannot hold a host, or a vendor cannot serve it there: the end of a sentence.
 * `undefined` where all is well.
 *
 * The top (apex) of a zone cannot be a CNAME (RFC 1034 §3.6.2), and a CNAME is all that Heroku
 * gives (https://devcenter.heroku.com/articles/custom-domains#configuring-dns-for-root-domains).
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
 * The type of the DNS record that a host takes. Netlify has an address for the apex of a zone
 * (https://docs.netlify.com/manage/domains/configure-domains/configure-external-dns/).
 */
export function recordTypeOf({ host, zone, vendor }: ZonedHost): "A" | "CNAME" {
  return vendor === "digitalocean" || host === zone ? "A" : "CNAME";
}

/** The name of a host within its zone: `api` of `api.example.org`, `@` of the zone itself. */
export function nameInZone(host: string, zone: string): string {
  return host === zone ? "@" : host.slice(0, -`.${zone}`.length);
}

/** The public host name of a GUI: as stated, else the one that every Netlify site has. */
export function guiHost({ host, site }: GuiSpec): string {
  return host ?? `${site}.netlify.app`;
}
