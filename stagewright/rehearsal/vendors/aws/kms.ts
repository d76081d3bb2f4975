import type { ByType } from "../../../resources/types";
import type { Thing } from "../../store";
import { type Kind, type Occasion, uuid } from "../../vendor";
import { regionOf, tagsAll } from "./caller";
import { refuse } from "./errors";
import { facts } from "./facts";
import { parsePolicy } from "./policy";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";

const malformed = (why: string) => refuse(400, "MalformedPolicyDocumentException", why);

// A key has no name of its own, so its stack and resource identify it here.
const key: Kind = {
  facts: facts[KEY],
  identity: ({ urn }) => ({ name: urn }),
  namesakes: true,
  alike: ["description"],
  id: ({ caller, again }, name) => uuid(KEY, caller.account, name, ...again),
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
  rules({ inputs }) {
    const days = Number(inputs.deletionWindowInDays ?? 30);
    if (days < 7 || days > 30)
      refuse(400, "ValidationException", `deletionWindowInDays must be 7 to 30, not ${days}`);
    if (inputs.policy !== undefined) parsePolicy(inputs.policy, malformed);
  },
  defaults: ({ caller }) => ({
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    isEnabled: true,
    enableKeyRotation: false,
    multiRegion: false,
    description: "",
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    policy: JSON.stringify({
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${caller.account}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  }),
  outputs: (occasion, id) => ({
    keyId: id,
    arn: arnOfKey(occasion, id),
  }),
  derived: tagsAll,
  latency: { create: 20, update: 5, delete: 1 },
};

const alias: Kind = {
  facts: facts[ALIAS],
  identity: (occasion) => ({
    name: String(occasion.inputs.name),
    scope: `${occasion.caller.account}/${regionOf(occasion)}`,
  }),
  id: ({ inputs }) => String(inputs.name),
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
  rules(occasion) {
    const name = String(occasion.inputs.name);
    if (!/^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/.test(name))
      refuse(
        400,
        "ValidationException",
        `'${name}' is no name of an alias: alias/ and letters, digits, / _ -, not alias/aws/`,
      );
    if (
      occasion.id === undefined &&
      occasion.things.named(ALIAS, `${occasion.caller.account}/${regionOf(occasion)}`, name)
    )
      refuse(400, "AlreadyExistsException", `An alias with the name ${name} already exists`);
    targetOf(occasion);
  },
  derived: (occasion) => ({
    arn: `arn:aws:kms:${regionOf(occasion)}:${occasion.caller.account}:${String(occasion.inputs.name)}`,
    targetKeyArn: arnOfKey(occasion, targetOf(occasion).id),
  }),
  latency: { create: 1, update: 1, delete: 1 },
};

function arnOfKey(occasion: Occasion, id: string): string {
  return `arn:aws:kms:${regionOf(occasion)}:${occasion.caller.account}:key/${id}`;
}

function targetOf({ things, inputs, caller }: Occasion): Thing {
  const id = String(inputs.targetKeyId).replace(/^.*:key\//, "");
  return (
    things.get(KEY, id, caller.account) ?? refuse(400, "NotFoundException", `Key '${id}' does not exist`)
  );
}

export const kms: ByType<Kind> = { [KEY]: key, [ALIAS]: alias };
