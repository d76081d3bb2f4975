import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { test } from "vitest";
import { Dns, type DnsArgs, type HostRecord } from "../../components/dns";
import { hostFault, nameInZone } from "../../stagewright/environment/hosts";

async function records(
  declared: Record<string, HostRecord>,
  via: DnsArgs["via"] = "route53",
): Promise<Record<string, object>> {
  const made: Record<string, object> = {};
  pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      if (/:(Record|DnsRecord)$/.test(type)) made[name] = inputs;
      return { id: name, state: inputs };
    },
    call: ({ inputs }) => ({ zoneId: `zone of ${inputs.name}`, name: inputs.name }),
  });
  new Dns("dns", { via, zoneName: "example.org", ttl: 60, records: declared });
  while (Object.keys(made).length < Object.keys(declared).length) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return made;
}

test("a host below the zone is a CNAME, Netlify's apex and a Droplet are addresses", async () => {
  const common = { zoneId: "zone of example.org", ttl: 60 };
  assert.deepEqual(
    await records({
      api: { host: "api.example.org", target: "x.herokudns.com", vendor: "heroku" },
      gui: { host: "example.org", target: "x.netlify.app", vendor: "netlify" },
      machine: { host: "dev.example.org", target: "192.0.2.1", vendor: "digitalocean" },
    }),
    {
      "dns-api": { ...common, name: "api.example.org", type: "CNAME", records: ["x.herokudns.com"] },
      "dns-gui": { ...common, name: "example.org", type: "A", records: ["75.2.60.5"] },
      "dns-machine": { ...common, name: "dev.example.org", type: "A", records: ["192.0.2.1"] },
    },
  );
});

test("at DigitalOcean a record is named within its zone, and a host that it points to ends with a dot", async () => {
  const common = { domain: "example.org", ttl: 60 };
  assert.deepEqual(
    await records(
      {
        api: { host: "api.example.org", target: "x.herokudns.com", vendor: "heroku" },
        gui: { host: "example.org", target: "x.netlify.app", vendor: "netlify" },
        machine: { host: "a.dev.example.org", target: "192.0.2.1", vendor: "digitalocean" },
      },
      "digitalocean",
    ),
    {
      "dns-api": { ...common, name: "api", type: "CNAME", value: "x.herokudns.com." },
      "dns-gui": { ...common, name: "@", type: "A", value: "75.2.60.5" },
      "dns-machine": { ...common, name: "a.dev", type: "A", value: "192.0.2.1" },
    },
  );
  assert.equal(nameInZone("example.org", "example.org"), "@");
});

test("a host that its zone or vendor cannot have is told", () => {
  const zone = "example.org";
  assert.match(
    hostFault({ host: zone, zone, vendor: "heroku" }) ?? "",
    /apex of the zone, which Heroku cannot serve/,
  );
  assert.match(hostFault({ host: "badexample.org", zone, vendor: "netlify" }) ?? "", /is outside the zone/);
  assert.equal(hostFault({ host: "a.example.org", zone, vendor: "heroku" }), undefined);
  assert.equal(hostFault({ host: zone, zone, vendor: "netlify" }), undefined);
});
