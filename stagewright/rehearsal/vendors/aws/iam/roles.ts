import type { ByType } from "../../../../resources/types";
import type { Thing, Things } from "../../../store";
import { digits, type Kind } from "../../../vendor";
import { tagsAll } from "../caller";
import { refuse } from "../errors";
import { facts } from "../facts";
import { checkPrincipals, parsePolicy } from "../policy";
import { checkName, identityOf, malformed, pathOf, statedName } from "./names";
import { inlinePolicy } from "./policies";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const OIDC = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

const role: Kind = {
  facts: facts[ROLE],
  identity: identityOf(ROLE),
  id: ({ inputs }) => statedName(ROLE, inputs),
  rules(occasion) {
    checkName("Role", ROLE, occasion);
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    const statements = parsePolicy(occasion.inputs.assumeRolePolicy, malformed);
    checkPrincipals(statements, occasion.things, malformed);
    for (const { principals, actions, resources } of statements) {
      if (principals.length === 0) malformed("AssumeRolepolicy must contain a principal.");
      if (resources.length > 0) malformed("Has prohibited field Resource");
      if (!actions.every((action) => action.startsWith("sts:"))) {
        malformed("AssumeRole policy may only specify STS AssumeRole actions.");
      }
    }
    const seconds = Number(occasion.inputs.maxSessionDuration ?? 3600);
    if (seconds < 3600 || seconds > 43_200) {
      refuse(400, "ValidationError", `maxSessionDuration must be 3600 to 43200 seconds, not ${seconds}`);
    }
  },
  defaults: () => ({ path: "/", maxSessionDuration: 3600, forceDetachPolicies: false }),
  outputs: ({ caller, inputs, again }) => ({
    uniqueId: `AROA${digits(17, ROLE, caller.account, statedName(ROLE, inputs).toLowerCase(), ...again).toUpperCase()}`,
    createDate: "2026-01-01T00:00:00Z",
  }),
  derived: (occasion) => ({
    arn: `arn:aws:iam::${occasion.caller.account}:role${pathOf(occasion.inputs)}${statedName(ROLE, occasion.inputs)}`,
    ...tagsAll(occasion),
  }),
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
  mayDelete(things, role) {
    const left = things.list(POLICY).some(({ scope }) => scope === `${role.account}/${role.name}`);
    if (left)
      refuse(409, "DeleteConflict", `Cannot delete entity, must delete policies first. (${role.name})`);
  },
  latency: { create: 8, update: 2, delete: 2 },
};

const openIdConnect: Kind = {
  facts: facts[OIDC],
  identity: ({ inputs }) => ({ name: hostOf(inputs.url) }),
  id: ({ caller }, name) => `arn:aws:iam::${caller.account}:oidc-provider/${name}`,
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
  rules({ things, caller, inputs, id }) {
    const url = String(inputs.url);
    if (!/^https:\/\/[^/?#]+(\/[^?#]*)?$/.test(url))
      refuse(400, "ValidationError", `Invalid Open ID Connect Provider URL (${url})`);
    const clients = inputs.clientIdLists as string[];
    if (clients.length > 100)
      refuse(409, "LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
    if (id === undefined && things.named(OIDC, caller.account, hostOf(url))) {
      refuse(409, "EntityAlreadyExists", `Provider with url ${url} already exists.`);
    }
  },
  defaults: ({ inputs }) => ({ thumbprintLists: [digits(40, OIDC, hostOf(inputs.url))] }),
  derived: (occasion, id) => ({ arn: id, ...tagsAll(occasion) }),
  latency: { create: 2, update: 1, delete: 1 },
};

export const roles: ByType<Kind> = {
  [ROLE]: role,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: inline policies of
  // a role, all together
  [POLICY]: inlinePolicy(POLICY, "role", 10_240, ({ things, caller }, name) =>
    findRole(things, caller.account, name),
  ),
  [OIDC]: openIdConnect,
};

function findRole(things: Things, account: string, name: string): Thing {
  return (
    things.named(ROLE, account, name.toLowerCase()) ??
    refuse(404, "NoSuchEntity", `The role with name ${name} cannot be found.`)
  );
}

function hostOf(url: unknown): string {
  return String(url)
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "");
}
