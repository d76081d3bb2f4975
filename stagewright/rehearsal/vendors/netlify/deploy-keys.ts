import { type Call, notFound, type Routes } from "./http";
import { type Body, freshId, type NetlifyStore } from "./store";

export const deployKeyRoutes: Routes = {
  "GET /deploy_keys": ({ store }) => ({ status: 200, body: store.list("deployKey") }),
  "POST /deploy_keys": ({ store, now }) => {
    const id = freshId(store, "deployKey");
    const key = { id, public_key: publicKey(store, id), created_at: now };
    store.put("deployKey", id, key);
    return { status: 201, body: key };
  },
  "GET /deploy_keys/{key_id}": (call) => ({ status: 200, body: keyOf(call) }),
  "DELETE /deploy_keys/{key_id}": (call) => {
    call.store.remove("deployKey", String(keyOf(call).id));
    return { status: 204 };
  },
};

function keyOf({ store, path }: Call): Body {
  const key = store.get("deployKey", path.key_id ?? "");
  if (!key) throw notFound();
  return key;
}

const MODULUS_BYTES = 256;
const DRAW_BYTES = 16;

/** Returns a valid public key in OpenSSH form (RFC 4253, 6.6); its private half does not exist. */
function publicKey(store: NetlifyStore, id: string): string {
  const modulus = Buffer.concat(
    Array.from({ length: MODULUS_BYTES / DRAW_BYTES }, (_, part) =>
      Buffer.from(store.draw("key", id, String(part)), "hex"),
    ),
  );
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[MODULUS_BYTES - 1] = (modulus[MODULUS_BYTES - 1] ?? 0) | 1;
  const positive = Buffer.concat([Buffer.from([0]), modulus]);
  const wire = [Buffer.from("ssh-rsa"), Buffer.from([1, 0, 1]), positive].flatMap((field) => [
    lengthOf(field),
    field,
  ]);
  return `ssh-rsa ${Buffer.concat(wire).toString("base64")}`;
}

function lengthOf(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return length;
}
