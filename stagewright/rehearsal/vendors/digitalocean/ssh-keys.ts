import { parseKey } from "sshpk";
import type { Properties } from "../../../../providers/protocol/provider";
import type { Thing, Things } from "../../store";
import type { Kind } from "../../vendor";
import { nameOf, numericId, refuse, TYPES } from "./api";
import { facts } from "./facts";

/** https://docs.digitalocean.com/reference/api/reference/ssh-keys/#sshKeys_create */
export const sshKey: Kind = {
  facts: facts[TYPES.sshKey],
  // An account holds a key once, under any name, so the key itself distinguishes two.
  identity: ({ inputs }) => ({ name: fingerprintOf(inputs) ?? String(inputs.publicKey) }),
  alike: ["name"],
  credential: true,
  id: ({ things, again }, name) => numericId(things, TYPES.sshKey, name, ...again),
  rules({ things, inputs, caller, id, urn }) {
    if (nameOf(inputs, urn).trim() === "") refuse(422, "Name can't be blank");
    const fingerprint = fingerprintOf(inputs);
    if (fingerprint === undefined)
      return refuse(
        422,
        "Key invalid, it is not a public key such as ssh-ed25519, ssh-rsa or ecdsa-sha2-nistp256",
      );
    const taken = things.named(TYPES.sshKey, caller.account, fingerprint);
    if (taken && taken.id !== id) refuse(422, "SSH Key is already in use on your account");
  },
  derived: ({ inputs, urn }) => ({ name: nameOf(inputs, urn), fingerprint: fingerprintOf(inputs) }),
  latency: { create: 1, update: 1, delete: 1 },
};

/** Returns the key that a droplet refers to by id or fingerprint. */
export function findSshKey(things: Things, reference: string): Thing | undefined {
  return (
    things.get(TYPES.sshKey, reference) ??
    things.list(TYPES.sshKey).find(({ properties }) => properties.fingerprint === reference)
  );
}

// MD5 as pairs of digits, in the API's format.
function fingerprintOf({ publicKey }: Properties): string | undefined {
  try {
    return parseKey(String(publicKey), "ssh").fingerprint("md5").toString("hex");
  } catch {
    return undefined;
  }
}
