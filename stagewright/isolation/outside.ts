import type { EnvironmentSpec } from "../environment/schema/environment";

/** Something that an environment uses but does not make. */
export interface OutsideName {
  what: string;
  value: string;
  /** The path at which the environment states it. */
  path: string[];
  /** The Pulumi package of its vendor. */
  vendor: string;
}

/** Returns the Pulumi package of the vendor that serves a zone. */
const ZONES = { route53: "aws", digitalocean: "digitalocean" } as const;

/**
 * Returns the things that an environment expects to exist, by the paths that name them. A thing
 * that is stated but not used does not count.
 */
export function outsideNames(spec: EnvironmentSpec): OutsideName[] {
  const { api, gui, dns, errors } = spec;
  const found: (OutsideName | undefined)[] = [
    ...accountNames(spec),
    dns && name(ZONES[dns.via], "DNS zone", dns.zone, ["dns", "zone"]),
    name("heroku", "Heroku team", api?.via === "heroku" ? api.team : undefined, ["api", "team"]),
    name("github", "repository", api?.repository, ["api", "repository"]),
    name("github", "repository", gui?.repository, ["gui", "repository"]),
    name("netlify", "Netlify team", gui?.account, ["gui", "account"]),
    name("sentry", "Sentry organization", errors?.organization, ["errors", "organization"]),
    name("sentry", "Sentry team", errors?.team, ["errors", "team"]),
    name("sentry", "Sentry project", errors?.existing ? errors.project : undefined, ["errors", "project"]),
  ];
  return found.filter((entry) => entry !== undefined);
}

function accountNames({ accounts, dns, bucket }: EnvironmentSpec): (OutsideName | undefined)[] {
  const used = [dns?.via === "route53" ? dns.account : undefined, bucket?.account];
  return Object.entries(accounts)
    .filter(([account]) => used.includes(account))
    .flatMap(([account, { id, role }]) => [
      name("aws", "AWS account", id, ["accounts", account, "id"]),
      name("aws", "AWS role", role, ["accounts", account, "role"]),
    ]);
}

function name(
  vendor: string,
  what: string,
  value: string | undefined,
  path: string[],
): OutsideName | undefined {
  return value === undefined ? undefined : { vendor, what, value, path };
}
