import { costOf } from "../../cost/cost";
import { isTree, type Tree, valueAt } from "../../environment/merge";
import { brokerName, databaseName } from "../../environment/platforms";
import { refersToSecret } from "../../environment/references";
import { type Finding, findings } from "../../policy/findings";
import { todayOf } from "../../policy/stack";
import type { StackFiles } from "../../project/project";
import { condensed } from "../../rehearsal/errors";
import type { EngineEvent } from "../../rehearsal/events";
import type { Existing } from "../../rehearsal/existing/existing";
import { existingSentences } from "../../rehearsal/existing/words";
import type { References } from "../../rehearsal/references";
import { ruleChanges } from "../../release/changed/rules";
import type { ResourceState } from "../../resources/graph";
import { listed } from "../../text/words";
import { isReal } from "../change/change";
import { changesIn } from "../change/events";
import { providerChangesIn } from "../change/providers";
import { resourcesAfter } from "../change/resources";
import { emptyStateText } from "../empty-state";
import type { CostChange, StackReview } from "./model";
import { risksOf } from "./risks";
import type { Risk } from "./risks/risk";
import { verdictOf } from "./verdict";

/** The facts about one stack before and after a change. */
export interface Facts {
  system: string;
  stack: string;
  stands: StackReview["stands"];
  /**
   * Whether the changes in the events were already made by hand. Default: the working tree would
   * make them.
   */
  byHand?: boolean;
  /** The files as written on either side; `undefined` if missing or unreadable. */
  written: { before?: Tree; after?: Tree };
  /** The files in this version's schema; `undefined` if they do not match it. */
  files: { before?: StackFiles; after?: StackFiles };
  /** The state after the base's rehearsal. */
  resources: readonly ResourceState[];
  /** The events of the engine's preview. */
  events: readonly EngineEvent[];
  /** Resources that would be created although they exist. Default: none. */
  existing?: readonly Existing[];
  /** Whether the live state knows nothing of the stack. Default: it does, or was not asked. */
  lost?: boolean;
  /** The dependencies after the change. Default: none known. */
  references?: References;
  errors: string[];
  /** Whether the errors are mistakes in the configuration. Default: they are the engine's. */
  misconfigured?: boolean;
  baseErrors: string[];
  notes: string[];
}

/** Summarizes the facts for a person. */
export function summarize(facts: Facts): StackReview {
  const { stack, stands, byHand = false, written, events, existing = [], baseErrors, notes } = facts;
  // A resource that must not be created blocks the whole change. Manual changes block nothing: they
  // are findings.
  const unmanaged = [
    ...existingSentences(stack, existing),
    ...(facts.lost ? [emptyStateText(stack, facts.files.after?.spec)] : []),
  ];
  const errors = byHand ? facts.errors : [...facts.errors, ...unmanaged];
  const all = changesIn(events);
  const changes = all.filter(isReal);
  const { before, after } = written;
  const environment = String((after ?? before)?.name ?? stack);
  const removed = stands === "removed";
  const found: Omit<StackReview, "verdict"> = {
    stack,
    environment,
    stands,
    byHand,
    risks: [
      ...(byHand ? unmanaged.map((says): Risk => ({ kind: "second", level: "danger", says })) : []),
      ...risksOf({
        environment,
        byHand,
        existing,
        // A new stack has nothing to lose, open or widen.
        changes: stands === "added" ? [] : changes,
        providers: providerChangesIn(events),
        standing: facts.resources,
        secretVariables: stands === "added" ? [] : secretVariables(written),
        herokuPostgres: [postgresOf(facts.files.before), postgresOf(facts.files.after)],
      }),
    ],
    rules: before && after ? ruleChanges(before, after) : [],
    changes,
    unchanged: all.filter((change) => !isReal(change) && change.alike === 0).length,
    alike: all.filter((change) => !isReal(change) && change.alike > 0).length,
    providers: providersIn(events),
    cost: events.length > 0 && errors.length === 0 ? costChange(facts) : undefined,
    policy: removed || errors.length > 0 ? undefined : policyChange(facts),
    relations: [],
    notes: [...notes, ...keptNames(facts.files)],
    errors: condensed(errors),
    misconfigured: facts.misconfigured ?? false,
    baseErrors,
  };
  return { ...found, verdict: verdictOf(found) };
}

function secretVariables({ before, after }: Facts["written"]): string[] {
  const variables = (tree: Tree | undefined) => valueAt(tree, ["api", "variables"]);
  const [old, now] = [variables(before), variables(after)].map((map) => (isTree(map) ? map : {})) as [
    Tree,
    Tree,
  ];
  const refers = (value: unknown) => typeof value === "string" && refersToSecret(value);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => old[name] !== now[name] && (refers(old[name]) || refers(now[name])),
  );
}

function postgresOf(files: StackFiles | undefined): string | undefined {
  const { api, database } = files?.spec ?? {};
  return api?.via === "heroku" && !database?.shared ? database?.version : undefined;
}

// A separately billed resource keeps the name that it was created with, which is the only way to
// find it if the state is lost.
function keptNames({ before, after }: Facts["files"]): string[] {
  const [old, now] = [before?.spec, after?.spec];
  if (!old?.api || !now?.api || old.api.via !== now.api.via || old.api.app === now.api.app) return [];
  const { app } = old.api;
  const kept = [
    ...(old.database && now.database && !now.database.shared && now.database.name === undefined
      ? [`database.name: ${databaseName(app, old.database)}`]
      : []),
    ...(old.broker?.via === "heroku" && now.broker?.via === "heroku" && now.broker.name === undefined
      ? [`broker.name: ${brokerName(app, old.broker)}`]
      : []),
  ];
  if (kept.length === 0) return [];
  return [
    `${app} is renamed, and what is billed beside it keeps its name. State it, so that it can be found should the state be lost: ${listed(kept.map((key) => `\`${key}\``))}.`,
  ];
}

function costChange({ resources, events, references = new Map(), stands, files }: Facts): CostChange {
  const after = costOf(resourcesAfter(events, references));
  const budget = files.after?.spec.budget?.monthly;
  return {
    before: stands === "added" ? undefined : costOf(resources).total,
    after: stands === "removed" ? 0 : after.total,
    budget,
    unpriced: after.unknown,
  };
}

function policyChange(facts: Facts): StackReview["policy"] {
  const { files, resources, events, references = new Map() } = facts;
  if (!files.after) return undefined;
  const now = findingsIn(files.after, resourcesAfter(events, references));
  const had = files.before && resources.length > 0 ? findingsIn(files.before, resources) : [];
  const only = (these: Finding[], others: Finding[]) => {
    const known = new Set(others.map(keyOf));
    return these.filter((finding) => !known.has(keyOf(finding)));
  };
  return { added: only(now, had), gone: only(had, now), standing: now.length - only(now, had).length };
}

function findingsIn({ settings }: StackFiles, resources: readonly ResourceState[]): Finding[] {
  // A base older than the policy records none, so it has no findings.
  const environment = resources.find(({ type }) => type === "stagewright:index:Environment");
  if (environment?.inputs?.policy === undefined) return [];
  const config = isTree(settings.config) ? settings.config : {};
  return findings(resources, { config, today: todayOf() }).filter(({ excepted }) => excepted === undefined);
}

function keyOf({ name, resource, says }: Finding): string {
  return JSON.stringify([name, resource?.urn, says]);
}

// https://www.pulumi.com/docs/iac/concepts/resources/providers/: a default provider of another
// version is another resource.
function providersIn(events: readonly EngineEvent[]): string[] {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  for (const { resourcePreEvent } of events) {
    const { type = "", old: before, new: after } = resourcePreEvent?.metadata ?? {};
    if (!type.startsWith("pulumi:providers:")) continue;
    const name = type.slice("pulumi:providers:".length);
    if (typeof before?.inputs.version === "string") old.set(name, before.inputs.version);
    if (typeof after?.inputs.version === "string") now.set(name, after.inputs.version);
  }
  return [...now].flatMap(([name, version]) => {
    const was = old.get(name);
    return was === undefined || was === version ? [] : [`${name} ${was} → ${version}`];
  });
}
