import type { DropletApiSpec, HerokuApiSpec } from "../../../environment/schema/api";
import { type Component, detail, type Fact, fact, identity, nameFact, type Reader } from "../component";
import type { Deployed } from "../deployed";

/** The API application, on whichever platform. */
export const readApi: Reader = ({ api: spec }, deployed): Component | undefined => {
  if (!spec) return undefined;
  return spec.via === "heroku" ? herokuApp(spec, deployed) : droplet(spec, deployed);
};

function herokuApp(spec: HerokuApiSpec, deployed: Deployed): Component | undefined {
  const app = deployed.one("heroku:app/app:App", "api");
  if (!app) return undefined;
  const domain = deployed.one("heroku:domain/domain:Domain", "api-host");
  return {
    role: "api",
    vendor: "Heroku",
    name: nameFact("app", app.inputs.name, ["api", "app"]),
    facts: [
      ...identity("host", domain?.inputs.hostname, ["api", "host"]),
      ...processes(deployed),
      ...detail("stack", app.inputs.stack, ["api", "stack"]),
      ...detail("region", app.inputs.region, ["api", "region"]),
      ...fact("team", spec.team, ["api", "team"]),
    ],
    marks: app.protected ? ["protected"] : [],
  };
}

function droplet(spec: DropletApiSpec, deployed: Deployed): Component | undefined {
  const made = deployed.one("digitalocean:index/droplet:Droplet", "api");
  if (!made) return undefined;
  const { name, size, region, backups } = made.inputs;
  return {
    role: "api",
    vendor: "DigitalOcean",
    name: nameFact("droplet", name, ["api", "app"]),
    facts: [
      ...identity("host", spec.host, ["api", "host"]),
      ...fact("size", size, ["api", "size"]),
      ...Object.entries(spec.processes).flatMap(([type, { quantity }]) =>
        fact(type, type === "web" ? `${quantity} workers` : quantity, ["api", "processes", type]),
      ),
      ...detail("region", region, ["api", "region"]),
      ...detail("backups", backups === true ? "weekly" : "none", ["api", "backups"]),
    ],
    marks: made.protected ? ["protected"] : [],
  };
}

// As they run, `web` first.
function processes(deployed: Deployed): Fact[] {
  const formations = deployed.all("heroku:formation/formation:Formation").map(({ inputs }) => inputs);
  return formations
    .sort((a, b) => Number(b.type === "web") - Number(a.type === "web"))
    .flatMap(({ type, quantity, size }) =>
      fact(String(type), `${quantity} × ${size}`, ["api", "processes", String(type)]),
    );
}
