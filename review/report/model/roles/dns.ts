import { accountFact, type Component, identity, nameFact, type Reader } from "../component";

/** The records of the public host names. */
export const readDns: Reader = (spec, deployed): Component | undefined => {
  if (!spec.dns) return undefined;
  return {
    role: "dns",
    vendor: "Route 53",
    name: nameFact("zone", spec.dns.zone, ["dns", "zone"]),
    facts: [
      ...(["gui", "api"] as const).flatMap((role) => {
        const record = deployed.one("aws:route53/record:Record", `dns-${role}`);
        return record
          ? identity(`${role.toUpperCase()} ${record.inputs.type}`, record.inputs.name, [role, "host"])
          : [];
      }),
      ...accountFact(spec, spec.dns.account, ["dns", "account"]),
    ],
    marks: [],
  };
};
