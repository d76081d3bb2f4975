import { accountOf } from "./accounts";
import { type Call, invalid, notFound, objectBody, Refusal, type Routes } from "./http";
import { siteOf } from "./sites";
import { type Body, freshId } from "./store";

const SCOPES = ["builds", "functions", "runtime", "post-processing"];
const SECRET_SCOPES = ["builds", "functions", "runtime"];

interface Value {
  id?: string;
  value?: string;
  context?: string;
  context_parameter?: string;
}

interface Variable extends Body {
  /** Its identity: team, site and key. */
  address: string;
  site_id?: string;
  key: string;
  scopes: string[];
  values: Value[];
  is_secret: boolean;
}

export const environmentRoutes: Routes = {
  "GET /accounts/{account_id}/env": (call) => {
    const owner = ownerOf(call);
    const own = (call.store.list("envVar") as Variable[]).filter(({ address }) =>
      address.startsWith(owner.prefix),
    );
    const context = call.query.get("context_name");
    const scope = call.query.get("scope");
    const wanted = own
      .filter((variable) => scope === null || variable.scopes.includes(scope))
      .filter(({ values }) => context === null || values.some((value) => value.context === context));
    return { status: 200, body: wanted.map(shown) };
  },
  "POST /accounts/{account_id}/env": (call) => {
    if (!Array.isArray(call.body)) throw new Refusal(400, "Bad Request");
    const variables = call.body.map((body) => variableOf(call, body as Body));
    for (const { address, key } of variables) {
      // Each place has one variable per key; the vendor's status for a second one is not published.
      if (call.store.get("envVar", address)) throw new Refusal(422, `${key} already exists`);
    }
    for (const variable of variables) call.store.put("envVar", variable.address, variable);
    return { status: 201, body: variables.map(shown) };
  },
  "GET /accounts/{account_id}/env/{key}": (call) => ({ status: 200, body: shown(existing(call)) }),
  "PUT /accounts/{account_id}/env/{key}": (call) => {
    const before = existing(call);
    const after = variableOf(call, { key: before.key, ...objectBody(call) });
    call.store.remove("envVar", before.address);
    call.store.put("envVar", after.address, after);
    return { status: 200, body: shown(after) };
  },
  "DELETE /accounts/{account_id}/env/{key}": (call) => {
    call.store.remove("envVar", existing(call).address);
    return { status: 204 };
  },
};

/** Returns the owner of a request's variables: a site of the team, or the team itself. */
function ownerOf(call: Call): { prefix: string; siteId?: string } {
  const account = accountOf(call);
  const siteId = call.query.get("site_id");
  if (siteId === null) return { prefix: `${account.id}//` };
  const site = siteOf({ ...call, path: { site_id: siteId } });
  if (site.account_id !== account.id) throw notFound();
  return { prefix: `${account.id}/${site.id}/`, siteId: site.id };
}

function existing(call: Call): Variable {
  const variable = call.store.get("envVar", `${ownerOf(call).prefix}${call.path.key}`);
  if (!variable) throw notFound();
  return variable as Variable;
}

function variableOf(call: Call, body: Body): Variable {
  const { key, scopes, values, is_secret } = body as Partial<Variable>;
  if (typeof key !== "string" || !/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) throw invalid("key", "is invalid");
  if (!values?.length) throw invalid("values", "can't be blank");
  const isSecret = is_secret === true;
  checkSecret(isSecret, values, scopes);
  const { prefix, siteId } = ownerOf(call);
  return {
    address: `${prefix}${key}`,
    ...(siteId && { site_id: siteId }),
    key,
    scopes: scopes ?? (isSecret ? SECRET_SCOPES : SCOPES),
    values: values.map((value) => ({
      ...value,
      id: freshId(call.store, "envVar", prefix, key, value.context ?? ""),
    })),
    is_secret: isSecret,
    updated_at: call.now,
  };
}

// "secret values must specify deploy contexts. `all` or `dev` are not allowed", nor the scope
// (netlify/cli, `env:set`).
function checkSecret(isSecret: boolean, values: Value[], scopes: string[] | undefined): void {
  if (!isSecret) return;
  if (values.some(({ context }) => context === undefined || context === "all")) {
    throw invalid("values", "of a secret must specify deploy contexts");
  }
  if (scopes?.includes("post-processing")) throw invalid("scopes", "of a secret cannot have post-processing");
}

/**
 * Returns a variable as the API shows it: of a secret, "only the local development context values
 * are readable" (OpenAPI document).
 */
function shown({ address: _, site_id: __, ...variable }: Variable): Body {
  if (!variable.is_secret) return variable;
  const values = variable.values.map(({ value, ...rest }) =>
    rest.context === "dev" ? { ...rest, value } : rest,
  );
  return { ...variable, values };
}
