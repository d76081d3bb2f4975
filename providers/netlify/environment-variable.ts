import type { components } from "@netlify/open-api";
import { type CheckFailure, type Properties, ProviderError, Secret, UNKNOWN } from "../protocol/provider";
import type { NetlifyApi } from "./api";
import { unlessNotFound } from "./errors";
import { each, matches, oneOf } from "./inputs";
import type { ReadResult, Resource } from "./resource";

type Variable = components["schemas"]["envVar"];
type Value = components["schemas"]["envVarValue"];
type Scope = NonNullable<Variable["scopes"]>[number];

interface VariableInputs {
  accountSlug: string;
  siteId?: string;
  key: string;
  values: Record<string, string>;
  scopes?: Scope[];
  isSecret?: boolean;
}

const CONTEXTS = ["all", "dev", "dev-server", "branch-deploy", "deploy-preview", "production"];
const BRANCH = "branch:";
const SCOPES = ["builds", "functions", "runtime", "post-processing"];
// A secret's value may be in every scope but post-processing (netlify/cli, `env:set`).
const SECRET_SCOPES: Scope[] = ["builds", "functions", "runtime"];
const ID_FORM = "ACCOUNT_SLUG/SITE_ID/KEY (ACCOUNT_SLUG/KEY for a variable of the whole team)";

/**
 * One environment variable of a site, or of a team if no site is given, with a value for each
 * deploy context. Its ID, also for an import, is `ACCOUNT_SLUG/SITE_ID/KEY` or `ACCOUNT_SLUG/KEY`.
 */
export const environmentVariable: Resource = {
  type: "netlify:index/environmentVariable:EnvironmentVariable",
  inputs: {
    accountSlug: {
      type: "string",
      required: true,
      replace: true,
      rule: matches(/^[^/\s]+$/, "the slug of a team"),
    },
    siteId: { type: "string", replace: true, rule: matches(/^[^/\s]+$/, "the ID of a site") },
    key: {
      type: "string",
      required: true,
      replace: true,
      rule: matches(/^[A-Za-z][A-Za-z0-9_]*$/, "letters, digits and underscores, from a letter"),
    },
    values: { type: "map", required: true },
    scopes: { type: "strings", rule: each(oneOf(SCOPES)) },
    isSecret: { type: "boolean", replace: true },
  },
  deleteBeforeReplace: true,
  check: (inputs) => {
    if (inputs.values === UNKNOWN) return [];
    const contexts = Object.keys(inputs.values as object);
    const failures = contexts.flatMap((context) => contextFailure(context, inputs.isSecret === true));
    if (contexts.length === 0)
      failures.push({ property: "values", reason: "values needs at least one deploy context" });
    if (
      inputs.isSecret === true &&
      Array.isArray(inputs.scopes) &&
      inputs.scopes.includes("post-processing")
    ) {
      failures.push({
        property: "scopes",
        reason: "scopes of a secret variable cannot have post-processing",
      });
    }
    return failures;
  },
  preview: (news) => withSecrecy(news),

  async create(api, inputs) {
    const variable = inputs as unknown as VariableInputs;
    const { accountSlug, siteId, key } = variable;
    const id = idOf(variable);
    const existing = await get(api, variable);
    if (existing) {
      throw new ProviderError(`the environment variable ${key} exists already; import it with the ID ${id}`);
    }
    const to = `create the environment variable ${key}${ofSite(siteId)}`;
    const created = await api.createOnce(
      async () => {
        const answer = await api.call("post", "/accounts/{account_id}/env", {
          path: { account_id: accountSlug },
          query: { site_id: siteId },
          body: [{ key, ...bodyOf(variable) }],
          to,
        });
        return answer[0] ?? {};
      },
      () => get(api, variable),
    );
    return { id, state: stateOf(variable, created) };
  },

  async read(api, id, inputs) {
    const address = addressOf(id);
    const found = await get(api, address);
    return found && readResult(id, address, found, inputs);
  },

  async update(api, id, _olds, news) {
    const variable = news as unknown as VariableInputs;
    const updated = await api.call("put", "/accounts/{account_id}/env/{key}", {
      path: { account_id: variable.accountSlug, key: variable.key },
      query: { site_id: variable.siteId },
      body: { key: variable.key, ...bodyOf(variable) },
      to: `update the environment variable ${id}`,
    });
    return stateOf(variable, updated);
  },

  async delete(api, id) {
    const { accountSlug, siteId, key } = addressOf(id);
    await unlessNotFound(
      api.call("delete", "/accounts/{account_id}/env/{key}", {
        path: { account_id: accountSlug, key },
        query: { site_id: siteId },
        to: `delete the environment variable ${id}`,
      }),
    );
  },
};

type Address = Pick<VariableInputs, "accountSlug" | "siteId" | "key">;

function idOf({ accountSlug, siteId, key }: Address): string {
  return siteId === undefined ? `${accountSlug}/${key}` : `${accountSlug}/${siteId}/${key}`;
}

function addressOf(id: string): Address {
  const parts = id.split("/");
  const [accountSlug = "", second = "", third] = parts;
  if (parts.some((part) => part === "") || parts.length < 2 || parts.length > 3) {
    throw new ProviderError(`"${id}" is not an ID of the form ${ID_FORM}`);
  }
  return third === undefined ? { accountSlug, key: second } : { accountSlug, siteId: second, key: third };
}

function get(api: NetlifyApi, { accountSlug, siteId, key }: Address): Promise<Variable | undefined> {
  const call = api.call("get", "/accounts/{account_id}/env/{key}", {
    path: { account_id: accountSlug, key },
    query: { site_id: siteId },
    to: `read the environment variable ${key}${ofSite(siteId)}`,
  });
  return unlessNotFound(call);
}

// A secret is unreadable in every context but local development (`is_secret` in the OpenAPI
// document), so a value there, or one for `all`, would not be secret; the vendor's own command
// refuses both (netlify/cli, `env:set --secret`).
function contextFailure(context: string, isSecret: boolean): CheckFailure[] {
  const fail = (reason: string) => [{ property: `values["${context}"]`, reason }];
  const known = CONTEXTS.includes(context) || (context.startsWith(BRANCH) && context.length > BRANCH.length);
  if (!known) {
    return fail(
      `values has the deploy context "${context}"; it must be one of ${CONTEXTS.join(", ")} or ${BRANCH}NAME`,
    );
  }
  if (isSecret && (context === "all" || context === "dev")) {
    return fail(
      `values of a secret variable cannot have the deploy context "${context}"; name production and others`,
    );
  }
  return [];
}

function bodyOf({ values, scopes, isSecret }: VariableInputs) {
  return {
    values: Object.entries(values).map(([context, value]) => vendorValue(context, value)),
    // Scopes need a paid plan, so they are sent only if they differ from the default. A secret
    // needs explicit ones.
    ...(scopes ? { scopes } : isSecret ? { scopes: SECRET_SCOPES } : {}),
    is_secret: isSecret ?? false,
  };
}

function vendorValue(context: string, value: string): Value {
  return context.startsWith(BRANCH)
    ? { context: "branch", context_parameter: context.slice(BRANCH.length), value }
    : { context: context as Value["context"], value };
}

function contextOf(value: Value): string {
  return value.context === "branch" ? `${BRANCH}${value.context_parameter}` : (value.context ?? "all");
}

function stateOf(inputs: VariableInputs, answer: Variable): Properties {
  return withSecrecy({ ...inputs, isSecret: answer.is_secret ?? inputs.isSecret ?? false });
}

function withSecrecy(state: Properties): Properties {
  return state.isSecret === true ? { ...state, values: new Secret(state.values) } : state;
}

function readResult(id: string, address: Address, found: Variable, inputs: Properties): ReadResult {
  const isSecret = found.is_secret ?? false;
  const before = (inputs.values ?? {}) as Record<string, string>;
  const values = Object.fromEntries(
    (found.values ?? []).map((value) => {
      const context = contextOf(value);
      // Values that the vendor hides are assumed unchanged. An import reads them as empty, and the
      // next update sets them.
      const hidden = isSecret && context !== "dev";
      return [context, hidden ? (before[context] ?? "") : (value.value ?? "")];
    }),
  );
  const read: Properties = { ...address, values };
  if (isSecret || inputs.isSecret !== undefined) read.isSecret = isSecret;
  const scopes = scopesOf(found, isSecret, inputs.scopes);
  if (scopes) read.scopes = scopes;
  return { id, inputs: isSecret ? withSecrecy(read) : read, state: withSecrecy({ ...read, isSecret }) };
}

/** The scopes that a program would have to list: none for the default. */
function scopesOf(found: Variable, isSecret: boolean, before: unknown): string[] | undefined {
  // The API spells the last scope in more than one way (netlify/terraform-provider-netlify reads
  // all of them).
  const scopes = (found.scopes ?? []).map((scope) => scope.replaceAll(/[ _]/g, "-"));
  const isSame = (other: readonly unknown[]) =>
    scopes.length === other.length && scopes.every((s) => other.includes(s));
  if (Array.isArray(before)) return isSame(before) ? (before as string[]) : scopes;
  return scopes.length === 0 || isSame(isSecret ? SECRET_SCOPES : SCOPES) ? undefined : scopes;
}

function ofSite(siteId: string | undefined): string {
  return siteId === undefined ? "" : ` of the site ${siteId}`;
}
