import { createHash } from "node:crypto";
import type { ByType } from "../../../../resources/types";
import type { Thing, Things } from "../../../store";
import { digits, type Kind } from "../../../vendor";
import { tagsAll } from "../caller";
import { refuse } from "../errors";
import { facts } from "../facts";
import { checkName, identityOf, pathOf, statedName } from "./names";
import { inlinePolicy } from "./policies";

const USER = "aws:iam/user:User";
const KEY = "aws:iam/accessKey:AccessKey";
const POLICY = "aws:iam/userPolicy:UserPolicy";

const user: Kind = {
  facts: facts[USER],
  identity: identityOf(USER),
  id: ({ inputs }) => statedName(USER, inputs),
  rules: (occasion) => checkName("User", USER, occasion),
  defaults: () => ({ path: "/", forceDestroy: false }),
  outputs: ({ caller, inputs, again }) => ({
    uniqueId: `AIDA${base32(17, USER, caller.account, statedName(USER, inputs).toLowerCase(), ...again)}`,
  }),
  derived: (occasion) => ({
    arn: `arn:aws:iam::${occasion.caller.account}:user${pathOf(occasion.inputs)}${statedName(USER, occasion.inputs)}`,
    ...tagsAll(occasion),
  }),
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
  mayDelete(things, user) {
    if (things.list(POLICY).some((policy) => belongs(policy, user))) {
      refuse(409, "DeleteConflict", `Cannot delete entity, must delete policies first. (${user.name})`);
    }
    if (user.properties.forceDestroy !== true && keysOf(things, user).length > 0) {
      refuse(409, "DeleteConflict", `Cannot delete entity, must remove access keys first. (${user.name})`);
    }
  },
  after(things, event, user) {
    if (event !== "delete") return;
    for (const key of keysOf(things, user)) things.remove(KEY, key.id, key.account);
  },
  // IAM answers at once but becomes consistent only after some seconds; the provider waits.
  latency: { create: 8, update: 2, delete: 2 },
};

const key: Kind = {
  facts: facts[KEY],
  // A key's only name is its id; until it has one, its user identifies it.
  identity: ({ inputs, id }) => ({ name: id ?? String(inputs.user).toLowerCase() }),
  namesakes: true,
  alike: ["user"],
  credential: true,
  // "You can retrieve the secret access key only when you create the access key":
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
  once: ["secret", "sesSmtpPasswordV4"],
  id: ({ caller, again }, name) => `AKIA${base32(16, KEY, caller.account, name, ...again)}`,
  rules({ things, caller, inputs, id }) {
    const owner = findUser(things, caller.account, String(inputs.user));
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: access keys
    // assigned to a user
    if (id === undefined && keysOf(things, owner).length >= 2) {
      refuse(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
    }
    const status = String(inputs.status ?? "Active");
    if (status !== "Active" && status !== "Inactive") {
      refuse(400, "ValidationError", `the status of an access key is Active or Inactive, not ${status}`);
    }
  },
  defaults: () => ({ status: "Active" }),
  outputs(_, id) {
    const secret = createHash("sha256").update(`secret of ${id}`).digest("base64").slice(0, 40);
    return {
      secret,
      sesSmtpPasswordV4: createHash("sha256").update(`smtp of ${id}`).digest("base64"),
      createDate: "2026-01-01T00:00:00Z",
    };
  },
  latency: { create: 1, update: 1, delete: 1 },
};

export const users: ByType<Kind> = {
  [USER]: user,
  [KEY]: key,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: inline policies of
  // a user, all together
  [POLICY]: inlinePolicy(POLICY, "user", 2048, ({ things, caller }, name) =>
    findUser(things, caller.account, name),
  ),
};

function findUser(things: Things, account: string, name: string): Thing {
  return (
    things.named(USER, account, name.toLowerCase()) ??
    refuse(404, "NoSuchEntity", `The user with name ${name} cannot be found.`)
  );
}

function belongs(thing: Thing, user: Thing): boolean {
  return thing.account === user.account && String(thing.properties.user).toLowerCase() === user.name;
}

function keysOf(things: Things, user: Thing): Thing[] {
  return things.list(KEY).filter((key) => belongs(key, user));
}

// Characters of AWS's ids.
function base32(length: number, ...parts: string[]): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...Buffer.from(digits(length * 2, ...parts), "hex")]
    .map((byte) => alphabet.charAt(byte % 32))
    .join("");
}
