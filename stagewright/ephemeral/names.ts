/**
 * What every stack and every physical name of an ephemeral environment carries, so that it can be
 * told from all others.
 */
const MARK = "eph-";

/** The longest name of an environment: `stagewright/environment/schema/release/gates.ts`. */
const LONGEST_ENVIRONMENT = 32;

/** As much of a system's own name as stays, however long the environment's is. */
const SHORTEST_STEM = 8;

/** The longest name that a vendor takes, by what is named. */
export const LIMITS = {
  /** https://devcenter.heroku.com/articles/platform-api-reference#app */
  app: 30,
  /** A label of a host name: RFC 1035 §2.3.4; droplets, sites of Netlify and hosts are labels. */
  label: 63,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: 63,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  user: 64,
  /** A slug of Sentry: stagewright/environment/schema/errors.ts */
  project: 50,
  /** An instance of CloudAMQP: stagewright/environment/schema/broker.ts */
  instance: 64,
} as const;

/** How the names of an app's add-ons end, so that no environment's may. */
export const ADDON_ENDING = /-(database|broker|follower-\d+)$/;

/** What kind of thing a name is for. */
export type Named = keyof typeof LIMITS;

/** The name of the stack, and of the environment in it. */
export function stackOf(name: string): string {
  return `${MARK}${name}`;
}

/** The name of the ephemeral environment that a stack is; `undefined` for every other stack. */
export function nameOf(stack: string): string | undefined {
  return stack.startsWith(MARK) ? stack.slice(MARK.length) : undefined;
}

/**
 * A physical name like another environment's: `dandi-api-staging` of `staging` becomes
 * `dandi-api-eph-pr-12`. Where that is longer than the vendor allows, the system's part is cut,
 * never the environment's, as that is what tells two of them apart.
 *
 * @param physical the name that the other environment uses
 * @param like the other environment's name
 */
export function nameLike(physical: string, like: string, name: string, named: Named): string {
  const ending = `-${stackOf(name)}`;
  const stem = stemOf(physical, like).slice(0, Math.max(1, LIMITS[named] - ending.length));
  return `${stem.replace(/[-_.]+$/, "")}${ending}`;
}

/**
 * A host name like another environment's: its first label is named, the rest stays. Below the apex
 * of a zone it is a label more.
 * @param zone that holds the host, where one does
 */
export function hostLike(host: string, zone: string | undefined, like: string, name: string): string {
  if (host === zone) return `${stackOf(name)}.${zone}`;
  return relabelled(host, (label) => nameLike(label, like, name, "label"));
}

/** The pattern of all names that `nameLike` gives, with `*` for any letters: `dandi-api-eph-*`. */
export function namesLike(physical: string, like: string, named: Named): string {
  const stem = stemOf(physical, like);
  // As much as stays with the longest name.
  const kept = stem.slice(0, LIMITS[named] - LONGEST_ENVIRONMENT - 1);
  return `${kept === stem ? stem : `${kept.replace(/[-_.]+$/, "")}*`}-${stackOf("*")}`;
}

/** The pattern of all hosts that `hostLike` gives. */
export function hostsLike(host: string, zone: string | undefined, like: string): string {
  if (host === zone) return `${stackOf("*")}.${zone}`;
  return relabelled(host, (label) => namesLike(label, like, "label"));
}

/**
 * How long the name of an ephemeral environment may be, where those kinds of things are to be named
 * after it.
 */
export function longestName(named: readonly { physical: string; like: string; is: Named }[]): number {
  const room = named.map(({ physical, like, is }) => {
    const kept = Math.min(stemOf(physical, like).length, SHORTEST_STEM);
    return LIMITS[is] - kept - `-${MARK}`.length;
  });
  return Math.min(LONGEST_ENVIRONMENT - MARK.length, ...room);
}

/** What is wrong with the form of a name: the end of a sentence; `undefined` where nothing is. */
export function nameFault(name: string, longest: number): string | undefined {
  const accepted = `accepted: 1 to ${longest} of a-z, 0-9 and single -, not starting or ending with -`;
  const fitting = shortened(name, longest);
  const hint = fitting === "" ? "" : `, for example ${fitting}`;
  if (name.length > longest) return `is ${name.length} characters long; ${accepted}${hint}`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return `is no name of an environment; ${accepted}${hint}`;
  if (name.startsWith(MARK))
    return `starts with '${MARK}', which is put before it anyway; accepted: ${hint.slice(14)}`;
  return undefined;
}

/**
 * The environment that a physical name carries the mark of: `eph-pr-12` of
 * `dandi-api-eph-pr-12-database`, as far as its name can be told.
 */
export function markedIn(physical: string): string | undefined {
  const marked = /(?:^|[-_.])(?<environment>eph-[a-z0-9]+(?:-[a-z0-9]+)*)/.exec(physical)?.groups
    ?.environment;
  return marked?.replace(ADDON_ENDING, "");
}

function relabelled(host: string, change: (label: string) => string): string {
  const [label = "", ...rest] = host.split(".");
  return [change(label), ...rest].join(".");
}

// The longest allowed form of what was given.
function shortened(name: string, longest: number): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(new RegExp(`^-?(${MARK})*`), "")
    .slice(0, longest)
    .replace(/^-|-$/g, "");
}

// The name without the other environment's in it: `gui-staging-dandiarchive-org` is
// `gui-dandiarchive-org`.
function stemOf(physical: string, like: string): string {
  const words = physical.split("-");
  const without = likeWords(words, like.split("-"));
  return without.length === 0 ? physical : without.join("-");
}

function likeWords(words: string[], like: string[]): string[] {
  const at = words.findIndex((_, index) => like.every((word, offset) => words[index + offset] === word));
  return at === -1 ? words : [...words.slice(0, at), ...words.slice(at + like.length)];
}
