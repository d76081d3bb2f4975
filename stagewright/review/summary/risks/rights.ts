import { isTree, type Tree } from "../../../environment/merge";
import { listed } from "../../../text/words";
import type { Change } from "../../change/change";
import { grantsIn, grantsOnlyIn, grantsText } from "./policy-documents";
import { asRenamed, type Finder, type Occasion, type Risk } from "./risk";

/** Changes that give people more rights, or that require fewer approvals. */
export const rightsRisks: Finder = (occasion) =>
  occasion.changes.flatMap((change) => [
    ...policies(change, occasion),
    ...reviewers(change),
    ...bypass(change),
    ...rules(change),
    ...deployKey(change),
    ...people(change),
  ]);

const DOCUMENTS = ["policy", "assumeRolePolicy", "inlinePolicy"];

function policies({ before, after, operation, name }: Change, occasion: Occasion): Risk[] {
  if (operation === "create" || operation === "same") return [];
  return DOCUMENTS.flatMap((document): Risk[] => {
    const was = before?.inputs[document];
    const old = grantsIn(typeof was === "string" ? asRenamed(was, occasion) : was);
    const now = grantsIn(after?.inputs[document]);
    if (old.length === 0 && now.length === 0) return [];
    const own = ({ who, condition }: { who: string; condition: string }) => who !== "*" || condition !== "";
    const allowed = grantsOnlyIn(now, old).filter((grant) => grant.effect === "Allow" && own(grant));
    const freed = grantsOnlyIn(old, now).filter(({ effect }) => effect === "Deny");
    const lost = grantsOnlyIn(old, now).filter(({ effect }) => effect === "Allow");
    return [
      ...(allowed.length > 0 ? [danger(`${name} now allows ${grantsText(allowed)}.`)] : []),
      ...(freed.length > 0 ? [danger(`${name} no longer forbids ${grantsText(freed)}.`)] : []),
      ...(lost.length > 0 ? [notice(`${name} no longer allows ${grantsText(lost)}.`)] : []),
    ];
  });
}

function reviewers({ type, before, after, operation, name }: Change): Risk[] {
  if (type !== "github:index/repositoryEnvironment:RepositoryEnvironment" || operation === "create")
    return [];
  const called = String(before?.inputs.environment ?? name);
  const count = (inputs: Tree | undefined) =>
    [inputs?.reviewers]
      .flat()
      .filter(isTree)
      .flatMap(({ users, teams }) => [users, teams].flat())
      .filter((id) => id !== undefined).length;
  const [old, now] = [count(before?.inputs), count(after?.inputs)];
  const self = before?.inputs.preventSelfReview === true && after?.inputs.preventSelfReview !== true;
  return [
    ...(old > 0 && now === 0
      ? [danger(`Nobody has to approve what runs in the GitHub environment ${called} any more.`)]
      : []),
    ...(old > 0 && now > 0 && old !== now
      ? [
          warning(
            `Who may approve what runs in the GitHub environment ${called} changes: ${now} of them, before ${old}; any one is enough.`,
          ),
        ]
      : []),
    ...(old === 0 && now > 0
      ? [notice(`Somebody has to approve what runs in the GitHub environment ${called}.`)]
      : []),
    ...(self && now > 0
      ? [danger(`Whoever starts a run in the GitHub environment ${called} may approve it themselves.`)]
      : []),
  ];
}

function bypass({ type, before, after, name, operation }: Change): Risk[] {
  if (type !== "github:index/repositoryRuleset:RepositoryRuleset" || operation === "create") return [];
  const actors = (inputs: Tree | undefined) =>
    [inputs?.bypassActors]
      .flat()
      .filter(isTree)
      .map(({ actorType, actorId }) => `${String(actorType)} ${String(actorId)}`);
  const had = actors(before?.inputs);
  const added = actors(after?.inputs).filter((actor) => !had.includes(actor));
  return added.length === 0 ? [] : [danger(`${listed(added)} may now pass over the rules of ${name}.`)];
}

function rules({ type, before, after, name, operation }: Change): Risk[] {
  if (!/(Ruleset|BranchProtection\w*)$/.test(type)) return [];
  if (operation === "delete")
    return [
      danger(`The rules ${name} are deleted: whatever they kept from a branch may now be pushed to it.`),
    ];
  if (operation !== "update") return [];
  const [had, has] = [before, after].map((side) =>
    Object.keys(isTree(side?.inputs.rules) ? side.inputs.rules : {}),
  );
  const gone = (had ?? []).filter((rule) => !has?.includes(rule));
  const off = before?.inputs.enforcement === "active" && after?.inputs.enforcement !== "active";
  return [
    ...(gone.length > 0 ? [danger(`The rules ${name} no longer hold ${listed(gone)}.`)] : []),
    ...(off ? [danger(`The rules ${name} are no longer enforced.`)] : []),
  ];
}

function deployKey({ type, before, after, operation, name }: Change): Risk[] {
  if (!type.endsWith("DeployKey") || operation === "delete" || operation === "same") return [];
  const writes = (inputs: Tree | undefined) => inputs !== undefined && inputs.readOnly === false;
  return writes(after?.inputs) && !writes(before?.inputs)
    ? [danger(`The deploy key ${name} may write to the repository.`)]
    : [];
}

// The resources that give somebody access to a place, or more rights in it.
const MEMBERSHIPS =
  /:(Collaborator|TeamCollaborator|RepositoryCollaborator|TeamRepository|TeamMembership|UserPolicyAttachment|RolePolicyAttachment|GroupMembership)$/;

function people({ type, after, operation, name, values }: Change): Risk[] {
  if (!MEMBERSHIPS.test(type) || !after) return [];
  const { email, username, permission, permissions, policyArn } = after.inputs;
  const what = [email, username, policyArn].find((value) => typeof value === "string") ?? name;
  const rights = [permission, permissions]
    .flat()
    .filter((right) => right !== undefined)
    .map(String);
  if (
    operation === "create" ||
    operation === "replace" ||
    values.some(({ path }) => path.startsWith("permission"))
  )
    return [
      danger(`${String(what)} gets access (${name})${rights.length > 0 ? `: ${listed(rights)}` : ""}.`),
    ];
  return [];
}

const danger = (says: string): Risk => ({ kind: "rights", level: "danger", says });
const warning = (says: string): Risk => ({ kind: "rights", level: "warning", says });
const notice = (says: string): Risk => ({ kind: "rights", level: "notice", says });
