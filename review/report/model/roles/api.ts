import { type Component, detail, type Fact, fact, identity, nameFact, type Reader } from "../component";
import type { Deployed } from "../deployed";

/** The API application. */
export const readApi: Reader = ({ api: spec }, deployed): Component | undefined => {
  const app = deployed.one("heroku:app/app:App", "api");
  if (!spec || !app) return undefined;
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
};

// As they run, `web` first.
function processes(deployed: Deployed): Fact[] {
  const formations = deployed.all("heroku:formation/formation:Formation").map(({ inputs }) => inputs);
  return formations
    .sort((a, b) => Number(b.type === "web") - Number(a.type === "web"))
    .flatMap(({ type, quantity, size }) =>
      fact(String(type), `${quantity} × ${size}`, ["api", "processes", String(type)]),
    );
}
