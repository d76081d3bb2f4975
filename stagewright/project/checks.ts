import { budgetChecks } from "../cost/budget";
import { hostFault } from "../environment/hosts";
import { leaves, valueAt } from "../environment/merge";
import type { Mismatch } from "../environment/mismatch";
import { platformChecks } from "../environment/platforms";
import { didYouMean } from "../environment/problems";
import { NAMED, PROVIDED, providedVariables, references } from "../environment/references";
import { isReserved, NOT_RESERVED } from "../environment/reserved";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { parseTracks } from "../environment/schema/release";
import { releaseChecks } from "../release/checks/environment";
import { previewChecks } from "../release/checks/previews";
import { restoreChecks } from "../release/checks/restore";

/** Checks the parts of an environment against each other before anything is created. */
export function crossChecks(spec: EnvironmentSpec): Mismatch[] {
  return [
    ...partsThatNeedAnother(spec),
    ...platformChecks(spec),
    ...unknownReferences(spec),
    ...variablesNobodyProvides(spec),
    ...variablesSetTwice(spec),
    ...guiWithoutApi(spec),
    ...hostsOutsideTheZone(spec),
    ...unknownAccounts(spec),
    ...protectedBranches(spec),
    ...releaseChecks(spec),
    ...restoreChecks(spec),
    ...previewChecks(spec),
    ...unknownCommonPaths(spec),
    ...logsIntoThemselves(spec),
    ...untoldPrefix(spec),
    ...budgetChecks(spec),
  ];
}

function partsThatNeedAnother(spec: EnvironmentSpec): Mismatch[] {
  const needs = [
    ["database", "api"],
    ["broker", "api"],
    ["bucket", "api"],
  ] as const;
  const missing: Mismatch[] = needs
    .filter(([part, other]) => spec[part] && !spec[other])
    .map(([part, other]) => ({
      path: [part],
      says: `needs an '${other}' section: nothing else could reach it`,
    }));
  for (const target of ["api", "gui"] as const) {
    if (spec.release[target] && !spec[target]) {
      missing.push({
        path: ["release", target],
        says: `says when the ${target} is deployed, but there is no '${target}' section`,
      });
    }
  }
  return missing;
}

function unknownReferences(spec: EnvironmentSpec): Mismatch[] {
  return eachVariable(spec).flatMap(({ path, value }) =>
    references(value).flatMap(({ text, component, attribute }): Mismatch[] => {
      if ((NAMED as readonly string[]).includes(component)) {
        if (isReserved(attribute)) return [{ path, says: `refers to '${text}'; accepted: ${NOT_RESERVED}` }];
        if (/^[A-Za-z][A-Za-z0-9-]*$/.test(attribute)) return [];
        return [
          {
            path,
            says: `refers to '${text}'; accepted after '${component}.' is a name of letters, digits and -`,
          },
        ];
      }
      const attributes = Object.hasOwn(PROVIDED, component) ? PROVIDED[component] : undefined;
      if (!attributes) {
        const known = [...Object.keys(PROVIDED), ...NAMED];
        return [
          {
            path,
            says: `refers to '${text}', which nothing provides; accepted: ${known.map((k) => `\${${k}.…}`).join(", ")}${didYouMean(component, known)}`,
          },
        ];
      }
      if (!attributes.includes(attribute)) {
        return [
          {
            path,
            says: `refers to '${text}', which nothing provides; '${component}' provides ${attributes.join(", ")}${didYouMean(attribute, attributes)}`,
          },
        ];
      }
      if (component !== "environment" && !spec[component as keyof EnvironmentSpec]) {
        return [{ path, says: `refers to '${text}', but there is no '${component}' section` }];
      }
      // The app needs its variables before the platform assigns its name or address.
      if (component === "api" && path[0] === "api" && !spec.api?.host) {
        return [
          {
            path,
            says: `refers to '${text}', which is not known before the app is there; state api.host, or write the value out`,
          },
        ];
      }
      return [];
    }),
  );
}

function variablesNobodyProvides(spec: EnvironmentSpec): Mismatch[] {
  const { api } = spec;
  if (!api) return [];
  const provided = [...Object.keys(api.variables), ...providedVariables(spec).keys()];
  return api.requires.flatMap((name, index) =>
    provided.includes(name)
      ? []
      : [
          {
            path: ["api", "requires", index],
            says: `requires '${name}', which nothing provides; state it under api.variables or add the section that brings it${didYouMean(name, provided)}`,
          },
        ],
  );
}

function variablesSetTwice(spec: EnvironmentSpec): Mismatch[] {
  const provided = providedVariables(spec);
  return Object.keys(spec.api?.variables ?? {})
    .filter((name) => provided.has(name))
    .map((name) => ({
      path: ["api", "variables", name],
      says: `is set by the ${provided.get(name)}; take it out here`,
    }));
}

function guiWithoutApi(spec: EnvironmentSpec): Mismatch[] {
  if (!spec.gui) return [];
  const points = Object.values(spec.gui.variables).some((value) =>
    references(value).some(({ component }) => component === "api"),
  );
  return points
    ? []
    : [
        {
          path: ["gui", "variables"],
          says: "points to no API; give one of the variables the value ${api.url}",
        },
      ];
}

function hostsOutsideTheZone(spec: EnvironmentSpec): Mismatch[] {
  const servedBy = { api: spec.api?.via ?? "heroku", gui: "netlify" } as const;
  return (["api", "gui"] as const).flatMap((part): Mismatch[] => {
    const host = spec[part]?.host;
    if (!host) return [];
    const says = spec.dns
      ? hostFault({ host, zone: spec.dns.zone, vendor: servedBy[part] })
      : `is '${host}', but there is no 'dns' section to hold its record`;
    return says === undefined ? [] : [{ path: [part, "host"], says }];
  });
}

function unknownAccounts(spec: EnvironmentSpec): Mismatch[] {
  const known = Object.keys(spec.accounts);
  const stated: { path: PropertyKey[]; account: string }[] = [];
  if (spec.bucket) stated.push({ path: ["bucket", "account"], account: spec.bucket.account });
  if (spec.dns?.via === "route53") stated.push({ path: ["dns", "account"], account: spec.dns.account });
  return stated
    .filter(({ account }) => !known.includes(account))
    .map(({ path, account }) => ({
      path,
      says: `is '${account}'; accepted is one of accounts: ${known.join(", ") || "none is stated"}${didYouMean(account, known)}`,
    }));
}

/**
 * Workflow files are committed to the tracked branch, so rules that lock everyone out lock them out
 * too.
 */
function protectedBranches(spec: EnvironmentSpec): Mismatch[] {
  return (["api", "gui"] as const).flatMap((target): Mismatch[] => {
    const release = spec.release[target];
    if (!release?.protection) return [];
    if (parseTracks(release.tracks).kind !== "branch") {
      return [
        {
          path: ["release", target, "protection"],
          says: `protects the tracked branch, but tracks is '${release.tracks}'; accepted with tracks: branch NAME`,
        },
      ];
    }
    if (release.protection.bypass.length === 0) {
      return [
        {
          path: ["release", target, "protection", "bypass"],
          says: "is empty, but the deploy workflow must be committed to that branch; accepted: whoever runs `pulumi up`, as 'app ID', 'team ID' or 'role admin'",
        },
      ];
    }
    return [];
  });
}

function unknownCommonPaths(spec: EnvironmentSpec): Mismatch[] {
  const known = new Set(
    leaves(spec).flatMap((leaf) => leaf.map((_, end) => leaf.slice(0, end + 1).join("."))),
  );
  return spec.common.flatMap((text, index): Mismatch[] =>
    valueAt(spec, text.split(".")) !== undefined
      ? []
      : [
          {
            path: ["common", index],
            says: `is '${text}', which this environment does not have${didYouMean(text, known)}`,
          },
        ],
  );
}

function logsIntoThemselves({ bucket }: EnvironmentSpec): Mismatch[] {
  if (!bucket?.logs || bucket.logs.bucket !== bucket.name) return [];
  return [
    {
      path: ["bucket", "logs", "bucket"],
      says: "is the bucket itself, whose logs would be logged without end; accepted: another name",
    },
  ];
}

// An app that does not know its part of a shared bucket has every request denied.
function untoldPrefix(spec: EnvironmentSpec): Mismatch[] {
  if (!spec.bucket?.shared) return [];
  const told = eachVariable(spec).some(({ value }) =>
    references(value).some(({ component, attribute }) => component === "bucket" && attribute === "prefix"),
  );
  return told
    ? []
    : [
        {
          path: ["bucket", "shared", "prefix"],
          says: "is told to nobody; give one of api.variables the value ${bucket.prefix}",
        },
      ];
}

function eachVariable(spec: EnvironmentSpec): { path: PropertyKey[]; value: string }[] {
  return (["api", "gui"] as const).flatMap((part) =>
    Object.entries(spec[part]?.variables ?? {}).map(([name, value]) => ({
      path: [part, "variables", name],
      value,
    })),
  );
}
