import { isDeepStrictEqual } from "node:util";
import { isTree, type Tree, valueAt } from "../../environment/merge";
import { parseTracks, tracks } from "../../environment/schema/release/tracks";
import { COMPONENTS } from "../rules";
import { approvals, gateChanges } from "./gates";
import { at, type Half, said, text } from "./tree";
import { windowChanges } from "./window";

/**
 * What a change of an environment means for when what may be deployed to it, in words: one sentence
 * a change.
 *
 * Both are environments as they are written: base and differences merged, before any schema has
 * filled in defaults, because the older one may be of another version's schema. What is not known
 * here is told as it is written.
 */
export function ruleChanges(before: Tree, after: Tree): string[] {
  const zones = [zoneOf(before), zoneOf(after)] as const;
  const name = String(after.name ?? before.name ?? "the environment");
  const subjects = COMPONENTS.flatMap((component) => {
    const halves = [rulesIn(before, component), rulesIn(after, component)] as const;
    return deployableChanges(halves, zones).map((says) => `${capital(component)} of ${name}: ${says}.`);
  });
  const zone =
    zones[0] === zones[1]
      ? []
      : [
          `The team's time zone is ${zones[1]}; before: ${zones[0]}. Every time that states none moves with it.`,
        ];
  return [...subjects, ...zone];
}

type Halves = readonly [Half | undefined, Half | undefined];

function deployableChanges([before, after]: Halves, zones: readonly [string, string]): string[] {
  if (!before || !after) {
    if (!before && !after) return [];
    return [
      after ? `is now deployed by rules (${followed(after.tracks)})` : "is no longer deployed by any rule",
    ];
  }
  const pair = (...path: string[]) => [at(before, path), at(after, path)] as const;
  const told = new Set(["gates", "window", ...Object.keys(WORDS), ...Object.keys(PARTS)]);
  const [was, is] = pair("window");
  const [hadHours, hasHours] = [was, is].map((value) => (value === undefined ? undefined : text(value)));
  return [
    ...Object.entries(WORDS).flatMap(([key, words]) => said(pair(key), words)),
    ...(hadHours === hasHours && (hadHours === undefined || zones[0] === zones[1])
      ? []
      : windowChanges(hadHours, hasHours, zones)),
    ...gateChanges(before, after),
    ...Object.entries(PARTS).flatMap(([key, change]) => change(pair(key))),
    ...others(before, after, told),
  ];
}

const followed = (value: unknown): string => {
  const written = text(value);
  if (!tracks.safeParse(written).success) return written;
  const follows = parseTracks(written);
  const on = "on" in follows && follows.on !== undefined ? ` on ${follows.on}` : "";
  switch (follows.kind) {
    case "branch":
      return `every push to the branch ${follows.branch}`;
    case "releases":
      return `every published release${follows.prereleases ? " and pre-release" : ""}${on}`;
    case "tags":
      return `every ${follows.stable ? "stable " : ""}tag ${follows.pattern}${on}`;
    case "nothing":
      return "nothing by itself";
  }
};

type Words = Parameters<typeof said>[1];

// Rules that are one value.
const WORDS: Readonly<Record<string, Words>> = {
  tracks: {
    gone: (old) => `follows nothing any more; before: ${followed(old)}`,
    added: (now) => `follows ${followed(now)}`,
    changed: (now, old) => `follows ${followed(now)}; before: ${followed(old)}`,
  },
  schedule: {
    gone: (old) => `is no longer deployed by the clock (${old})`,
    added: (now) => `is now deployed ${now}, no longer at once`,
    changed: (now, old) => `is now deployed ${now}; before: ${old}`,
  },
  onRequest: flag(
    "any developer may now also start a deploy by hand",
    "a deploy can no longer be started by hand",
  ),
  ownBranch: flag(
    "any developer may now put a branch of their own there",
    "nobody may put a branch of their own there any more",
  ),
  owner: {
    gone: (old) => `anybody may deploy there; before: ${old} alone`,
    added: (now) => `${now} alone may deploy there`,
    changed: (now, old) => `${now} alone may deploy there; before: ${old}`,
  },
  exclusive: {
    gone: (old) => `no longer waits for the lock ${old}`,
    added: (now) => `waits for the lock ${now}`,
    changed: (now, old) => `waits for the lock ${now}; before: ${old}`,
  },
  token: {
    gone: (old) => `no longer uses the secret ${old}`,
    added: (now) => `deploys with the secret ${now}`,
    changed: (now, old) => `deploys with the secret ${now}; before: ${old}`,
  },
};

function flag(on: string, off: string): Words {
  const words = (value: string) => (value === "true" ? on : off);
  return { gone: () => off, added: words, changed: words };
}

type Part = (halves: readonly [unknown, unknown]) => string[];

// Rules that have parts.
const PARTS: Readonly<Record<string, Part>> = {
  hotfix: ([before, after]) => {
    const who = (value: unknown) =>
      text(isTree(value) && value.by !== undefined ? value.by : "whoever may start a deploy");
    return said([before, after], {
      gone: () => "there is no hotfix any more: the window holds for everything",
      added: () => `a hotfix may now pass the window, by ${who(after)}`,
      changed: () => `a hotfix may pass the window by ${who(after)}; before: ${who(before)}`,
    });
  },
  verify: ([before, after]) =>
    said([run(before), run(after)], {
      gone: (old) => `nothing verifies a deploy any more; before: ${old}`,
      added: (now) => `each deploy is verified by ${now}`,
      changed: (now, old) => `a deploy is verified by ${now}; before: ${old}`,
    }),
  migrations: ([before, after]) =>
    said([migration(before), migration(after)], {
      gone: (old) => `the deploy knows of no migrations any more; before: ${old}`,
      added: (now) => `migrations run ${now}`,
      changed: (now, old) => `migrations run ${now}; before: ${old}`,
    }),
  onFailure: ([before, after]) => [
    ...said([inside(before, "action") ?? "stop", inside(after, "action") ?? "stop"], {
      gone: () => "",
      added: () => "",
      changed: (now) =>
        now === "restore"
          ? "a failed deploy brings the previous release back"
          : "a failed deploy leaves everything as it is",
    }),
    ...said([inside(before, "tell"), inside(after, "tell")], {
      gone: (old) => `nobody is told of a failed deploy any more; before: ${old}`,
      added: (now) => `${now} is told of a failed deploy`,
      changed: (now, old) => `${now} is told of a failed deploy; before: ${old}`,
    }),
  ],
  promotion: ([before, after]) => {
    if (before === undefined || after === undefined) {
      return said([before, after], {
        gone: () => "there is no promotion any more: its branch is merged by hand",
        added: () => `is released by promoting the branch ${text(inside(after, "from"))}`,
        changed: () => "",
      });
    }
    return [
      ...said([inside(before, "from"), inside(after, "from")], {
        gone: () => "",
        added: () => "",
        changed: (now, old) => `the branch ${now} is promoted; before: ${old}`,
      }),
      ...approvals([inside(before, "approval"), inside(after, "approval")], "a promotion"),
    ];
  },
  protection: ([before, after]) => protection(before, after),
  operations: ([before, after]) =>
    said([before, after], {
      gone: () => "there are no data operations by workflow any more",
      added: () => `${text(inside(after, "by"))} may change data by workflow`,
      changed: () =>
        `data may be changed by ${text(inside(after, "by"))} with ${text(inside(after, "confirmations") ?? 2)} confirmations; before: ${text(inside(before, "by"))} with ${text(inside(before, "confirmations") ?? 2)}`,
    }),
};

function protection(before: unknown, after: unknown): string[] {
  if (after === undefined || before === undefined) {
    return said([before, after], {
      gone: () => "the tracked branch is no longer protected: anybody who may write may push to it",
      added: () => "the tracked branch is protected: pull requests only",
      changed: () => "",
    });
  }
  const list = (half: unknown, key: string) => [inside(half, key) ?? []].flat().map(String);
  const only = (these: string[], others: string[]) => these.filter((one) => !others.includes(one));
  const [checks, passers] = ["requiredChecks", "bypass"].map(
    (key) => [list(before, key), list(after, key)] as const,
  );
  const [oldChecks, newChecks] = checks ?? [[], []];
  const [oldPassers, newPassers] = passers ?? [[], []];
  return [
    ...only(oldChecks, newChecks).map(
      (name) => `a red ${name} no longer stops a merge into the tracked branch`,
    ),
    ...only(newChecks, oldChecks).map(
      (name) => `${name} must be green before a merge into the tracked branch`,
    ),
    ...only(newPassers, oldPassers).map(
      (who) => `${who} may now push past the protection of the tracked branch`,
    ),
    ...only(oldPassers, newPassers).map(
      (who) => `${who} may no longer push past the protection of the tracked branch`,
    ),
  ];
}

// Whatever else is stated there: as it is written.
function others(before: Half, after: Half, told: ReadonlySet<string>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => !told.has(key) && !isDeepStrictEqual(at(before, [key]), at(after, [key])))
    .map((key) => `${key} is ${text(at(after, [key]))}; before: ${text(at(before, [key]))}`);
}

const inside = (value: unknown, key: string) => (isTree(value) ? (value[key] ?? undefined) : undefined);

function run(value: unknown): unknown {
  const schedule = inside(value, "schedule");
  return value === undefined
    ? undefined
    : `${text(inside(value, "run"))}${schedule === undefined ? "" : `, and ${text(schedule)}`}`;
}

function migration(value: unknown): unknown {
  const tested = inside(value, "testedIn");
  return value === undefined
    ? undefined
    : `${text(inside(value, "when"))} (${text(inside(value, "command"))}${tested === undefined ? "" : `, tested in ${text(tested)}`})`;
}

function rulesIn(environment: Tree, component: string): Half | undefined {
  const rules = valueAt(environment, ["release", component]);
  return isTree(rules) ? rules : undefined;
}

function zoneOf(environment: Tree): string {
  const zone = valueAt(environment, ["release", "timezone"]);
  return typeof zone === "string" ? zone : "UTC";
}

const capital = (component: string) =>
  component === "api" || component === "gui" ? component.toUpperCase() : component;
