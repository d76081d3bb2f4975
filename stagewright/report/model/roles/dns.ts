import { accountFact, type Component, identity, nameFact, type Reader } from "../component";

/** The records of the public host names. */
export const readDns: Reader = (spec, deployed): Component | undefined => {
  if (!spec.dns) return undefined;
  return {
    role: "dns",
    vendor: spec.dns.via === "route53" ? "Route 53" : "DigitalOcean DNS",
    name: nameFact("zone", spec.dns.zone, ["dns", "zone"]),
    facts: [
      ...(["gui", "api"] as const).flatMap((role) => {
        const record =
          deployed.one("aws:route53/record:Record", `dns-${role}`) ??
          deployed.one("digitalocean:index/dnsRecord:DnsRecord", `dns-${role}`);
        return record
          ? identity(`${role.toUpperCase()} ${record.inputs.type}`, spec[role]?.host, [role, "host"])
          : [];
      }),
      ...(spec.dns.via === "route53" ? accountFact(spec, spec.dns.account, ["dns", "account"]) : []),
    ],
    marks: [],
  };
};
