import { type Existing, forbids } from "./existing";
import type { Role } from "./identities";

/** So many things are named one by one. */
const NAMED = 12;

/**
 * What a person has to know of what exists already, and the way on: a line each. Empty where nothing must be kept from being created.
 *
 * @param stack the stack whose program declares it
 */
export function existingText(stack: string, existing: readonly Existing[]): string[] {
  if (!existing.some(forbids)) return [];
  const by = (test: (one: Existing) => boolean) => [...existing].sort(dearest).filter(test);
  const nobodys = by(({ manager, declared }) => !manager && declared === undefined);
  const renamed = by(({ declared }) => declared !== undefined);
  const others = by((one) => one.manager !== undefined && forbids(one));
  return [
    ...said(
      nobodys,
      `${stack} declares ${things(nobodys)} that ${exist(nobodys)} already and that no state manages:`,
      `\`stagewright recover --stack ${stack}\` takes ${nobodys.length === 1 ? "it" : "them"} under management.`,
    ),
    ...said(
      renamed,
      `${stack} would get a second of what it has ${renamed.length === 1 ? "one" : "one each"} of, under another name, as its state does not know the first:`,
      `Declare the name that exists, run \`stagewright recover --stack ${stack}\`, and change the name after that.`,
    ),
    ...said(
      others,
      `${stack} declares ${things(others)} that ${exist(others)} already and that other resources manage:`,
      "Choose other names. If a stack or a resource got another name, tell Pulumi: `pulumi stack rename`, `pulumi state rename`, or an alias.",
    ),
  ];
}

/** One thing in a few words: `heroku Addon shop-api-database`. */
function existingLine({ type, called, name, manager, declared }: Existing): string {
  const [vendor = "", , kind = ""] = type.split(":");
  const what = `${vendor} ${kind} ${called}`;
  if (declared !== undefined)
    return `${what}, of which the program declares another one, ${declared} (${name})`;
  if (manager) return `${what} (${name}), managed by ${manager.name} of ${manager.project}/${manager.stack}`;
  return `${what} (${name})`;
}

const RANKS: (Role | undefined)[] = ["database", "bucket", "message broker", "app", "site", undefined];

function dearest(a: Existing, b: Existing): number {
  return RANKS.indexOf(a.role) - RANKS.indexOf(b.role);
}

function said(found: readonly Existing[], first: string, last: string): string[] {
  if (found.length === 0) return [];
  const more = found.length > NAMED ? [`  and ${found.length - NAMED} more`] : [];
  return [first, ...found.slice(0, NAMED).map((one) => `  ${existingLine(one)}`), ...more, last];
}

function things(found: readonly Existing[]): string {
  return found.length === 1 ? "a thing" : `${found.length} things`;
}

function exist(found: readonly Existing[]): string {
  return found.length === 1 ? "exists" : "exist";
}
