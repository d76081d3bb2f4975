import { type Component, detail, fact, identity, nameFact, type Reader } from "../component";

/** The web GUI. */
export const readGui: Reader = ({ gui: spec }, deployed): Component | undefined => {
  const site = deployed.one("netlify:index/site:Site", "gui");
  if (!spec || !site) return undefined;
  const { name, customDomain, accountSlug } = site.inputs;
  return {
    role: "gui",
    vendor: "Netlify",
    name: nameFact("site", name, ["gui", "site"]),
    facts: [
      ...identity("host", customDomain, ["gui", "host"]),
      ...detail("build", spec.build.command, ["gui", "build", "command"]),
      ...fact("team", accountSlug, ["gui", "account"]),
    ],
    marks: site.protected ? ["protected"] : [],
  };
};
