import { isTree } from "../../environment/merge";
import { at, entries, type Half, said, text } from "./tree";

/** What a change of the gates of one deployable means: sentences without a subject's name. */
export function gateChanges(before: Half, after: Half): string[] {
  const gate = (name: string) => [at(before, ["gates", name]), at(after, ["gates", name])] as const;
  return [
    ...mapChanges(gate("checks"), {
      gone: (name) => `the gate check ${name} is gone: a red ${name} no longer stops a deploy`,
      added: (name, who) => `the check ${name} must be green (reported by ${who}) before a deploy`,
      changed: (name, who, old) => `the check ${name} counts when ${who} reports it; before: ${old}`,
    }),
    ...mapChanges(gate("environments"), {
      gone: (name) => `a commit need not have passed ${name} any more`,
      added: (name, how) => `a commit must first be ${how} in ${name}`,
      changed: (name, how, old) => `a commit must first be ${how} in ${name}; before: ${old}`,
    }),
    ...mapChanges(gate("errors"), {
      gone: (name) => `errors seen in ${name} no longer stop a deploy`,
      added: (name, since) => `errors seen in ${name} (${since}) stop a deploy`,
      changed: (name, since, old) =>
        `errors seen in ${name} stop a deploy when they are of ${since}; before: ${old}`,
    }),
    ...mapChanges(gate("commands"), {
      gone: (name) => `the gate command ${name} is gone: its failure no longer stops a deploy`,
      added: (name, command) => `the command ${name} (${command}) must succeed before a deploy`,
      changed: (name, command, old) => `the gate command ${name} is ${command}; before: ${old}`,
    }),
    ...mapChanges(gate("absent"), {
      gone: (name) => `code with ${name} no longer stops a deploy`,
      added: (name) => `code with ${name} stops a deploy`,
      changed: (name) => `what counts as ${name}, which stops a deploy, is stated anew`,
    }),
    ...said(gate("pullRequest"), {
      gone: () => "a commit need not have come through a merged pull request any more",
      added: () => "a commit must have come through a merged pull request",
      changed: () => "how a commit must have come through a pull request changes",
    }),
    ...said(gate("confirm"), {
      gone: () => "nothing has to be typed any more before a deploy",
      added: (now) => `'${now}' must be typed before each deploy`,
      changed: (now, old) => `'${now}' must be typed before each deploy; before: '${old}'`,
    }),
    ...approvals(gate("approval")),
  ];
}

/** How approvals change: who may give them, and whether one's own counts. */
export function approvals([before, after]: readonly [unknown, unknown], what = "a deploy"): string[] {
  const people = (approval: unknown) =>
    isTree(approval) && Array.isArray(approval.by) ? approval.by.map(String) : [];
  const [old, now] = [people(before), people(after)];
  if (before === undefined && after === undefined) return [];
  if (after === undefined || after === null) return before ? [`nobody has to approve ${what} any more`] : [];
  if (before === undefined || before === null) return [`${now.join(" or ")} must approve ${what}`];
  const [gained, lost] = [now.filter((one) => !old.includes(one)), old.filter((one) => !now.includes(one))];
  const self = (approval: unknown) => isTree(approval) && approval.self === "allowed";
  return [
    ...(gained.length > 0 ? [`${gained.join(" and ")} may now approve ${what}, too`] : []),
    ...(lost.length > 0 ? [`${lost.join(" and ")} may no longer approve ${what}`] : []),
    ...(self(after) && !self(before) ? [`whoever starts ${what} may now approve it themselves`] : []),
    ...(self(before) && !self(after) ? [`whoever starts ${what} may no longer approve it themselves`] : []),
  ];
}

interface Sentences {
  gone(name: string): string;
  added(name: string, value: string): string;
  changed(name: string, value: string, old: string): string;
}

function mapChanges(
  [before, after]: readonly [unknown, unknown],
  { gone, added, changed }: Sentences,
): string[] {
  const [old, now] = [entries(before), entries(after)];
  return [
    ...[...old.keys()].filter((name) => !now.has(name)).map(gone),
    ...[...now].flatMap(([name, value]) => {
      if (!old.has(name)) return [added(name, text(value))];
      const was = text(old.get(name));
      return was === text(value) ? [] : [changed(name, text(value), was)];
    }),
  ];
}
