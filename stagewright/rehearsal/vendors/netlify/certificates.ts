import { notFound, Refusal, type Routes } from "./http";
import { siteOf } from "./sites";

const LIFETIME_DAYS = 90; // Let's Encrypt

export const certificateRoutes: Routes = {
  "GET /sites/{site_id}/ssl": (call) => {
    const certificate = call.store.get("certificate", siteOf(call).id);
    if (!certificate) throw notFound();
    const { site_id: _, ...shown } = certificate;
    return { status: 200, body: shown };
  },
  // Both refusals are in the description of `provisionSiteTLSCertificate` in the OpenAPI document.
  "POST /sites/{site_id}/ssl": (call) => {
    const site = siteOf(call);
    if (!site.custom_domain) throw new Refusal(422, "No custom domain configured");
    if (call.store.get("certificate", site.id)) {
      throw new Refusal(422, "certificate parameter is required when updating an existing certificate");
    }
    const expires = new Date(Date.parse(call.now) + LIFETIME_DAYS * 86_400_000).toISOString();
    const certificate = {
      state: "issued",
      domains: [site.custom_domain, ...site.domain_aliases],
      created_at: call.now,
      updated_at: call.now,
      expires_at: expires,
    };
    call.store.put("certificate", site.id, { ...certificate, site_id: site.id });
    return { status: 200, body: certificate };
  },
};
