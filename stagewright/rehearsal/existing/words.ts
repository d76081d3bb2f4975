import { listed } from "../../text/words";
import { type Existing, forbids } from "./existing";
import type { Role } from "./identities";

/** The maximum number of resources listed one by one, in lines and in a sentence. */
const NAMED = { lines: 12, sentence: 5 };

/** Existing resources with the same cause, and the remedy. */
interface Group {
  says: string;
  found: Existing[];
  wayOn: string;
}

/**
 * Describes existing resources and the remedy, in lines. Empty if nothing blocks the creation.
 *
 * @param stack the stack whose program declares them
 */
export function existingText(stack: string, existing: readonly Existing[]): string[] {
  return groupsOf(stack, existing).flatMap(({ says, found, wayOn }) => {
    const named = found.slice(0, NAMED.lines).map((one) => `  ${inWords(one)}`);
    const more = found.length > named.length ? [`  and ${found.length - named.length} more`] : [];
    return [`${says}:`, ...named, ...more, wayOn];
  });
}

/** The same as sentences, one for each cause. */
export function existingSentences(stack: string, existing: readonly Existing[]): string[] {
  return groupsOf(stack, existing).map(({ says, found, wayOn }) => {
    const named = found.slice(0, NAMED.sentence).map(inWords);
    const more = found.length > named.length ? [`${found.length - named.length} more`] : [];
    return `${says}: ${listed([...named, ...more])}. ${wayOn}`;
  });
}

function groupsOf(stack: string, existing: readonly Existing[]): Group[] {
  if (!existing.some(forbids)) return [];
  const by = (test: (one: Existing) => boolean) => [...existing].sort(dearest).filter(test);
  const nobodys = by(({ manager, declared }) => !manager && declared === undefined);
  const renamed = by(({ declared }) => declared !== undefined);
  const others = by((one) => one.manager !== undefined && forbids(one));
  const groups = [
    {
      says: `${stack} declares ${things(nobodys)} that ${exist(nobodys)} already and that no state manages`,
      found: nobodys,
      wayOn: `\`stagewright recover --stack ${stack}\` takes ${nobodys.length === 1 ? "it" : "them"} under management.`,
    },
    {
      says: `${stack} would get a second of what it has ${renamed.length === 1 ? "one" : "one each"} of, under another name, as its state does not know the first`,
      found: renamed,
      wayOn: `Declare the name that exists, run \`stagewright recover --stack ${stack}\`, and change the name after that.`,
    },
    {
      says: `${stack} declares ${things(others)} that ${exist(others)} already and that other resources manage`,
      found: others,
      wayOn:
        "Choose other names. If a stack or a resource got another name, tell Pulumi: `pulumi stack rename`, `pulumi state rename`, or an alias.",
    },
  ];
  return groups.filter(({ found }) => found.length > 0);
}

/** Names one resource briefly: `heroku Addon shop-api-database`. */
function inWords({ type, called, name, manager, declared }: Existing): string {
  const [vendor = "", , kind = ""] = type.split(":");
  const what = `${vendor} ${kind} ${called}`;
  if (declared !== undefined)
    return `${what}, of which the program declares another one, ${declared} (${name})`;
  if (manager) return `${what} (${name}), managed by ${manager.name} of ${manager.project}/${manager.stack}`;
  return `${what} (${name})`;
}

const RANKS: (Role | undefined)[] = ["database", "bucket", "message broker", "app", "site", undefined];

function dearest(a: Existing, b: Existing): number {
  return RANKS.indexOf(a.role) - RANKS.indexOf(b.role) || (a.called < b.called ? -1 : 1);
}

function things(found: readonly Existing[]): string {
  return found.length === 1 ? "a thing" : `${found.length} things`;
}

function exist(found: readonly Existing[]): string {
  return found.length === 1 ? "exists" : "exist";
}
