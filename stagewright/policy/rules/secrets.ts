import { isTree, type Tree } from "../../environment/merge";
import { quoted } from "../../environment/problems";
import { references } from "../../environment/references";
import type { ResourceState } from "../../resources/graph";
import { textsOf } from "../../resources/texts";
import { credentialIn, looksRandom, namesCredential } from "../credentials";
import { inputsOf, textAt } from "../resource";
import type { ResourceRule, StackRule } from "../rule";
import { placeOf } from "./transport";

/** What is secret is marked so that the engine encrypts and hides it. */
export const secretsMarked: ResourceRule = {
  name: "secrets-marked",
  severity: "error",
  title: "Credentials reach resources as secrets",
  because: "a plain value stands in the state, in every preview and in the logs of CI",
  fix: "refer to `${secret.NAME}` or `${generated.NAME}` in the variable, or wrap the value in `pulumi.secret`",
  source: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  each(resource) {
    const named = new Set(
      plainVariables(resource)
        .filter(({ name, value }) => isNamed(name, value))
        .map(({ path }) => path),
    );
    const texts = textsOf([{ ...resource, outputs: {} }]).filter(({ secret }) => !secret);
    return [
      ...texts.flatMap(({ path, value }) => {
        const what = credentialIn(value);
        return what === undefined ? [] : [`holds ${what} in plain at ${placeOf(path)}`];
      }),
      ...texts
        .filter(({ path, value }) => named.has(path) && credentialIn(value) === undefined)
        .map(({ path }) => `has a plain value for ${placeOf(path)}, which is a credential by its name`),
    ];
  },
};

// What is switched, counted or left empty is no credential, whatever its name; nor is the public
// half of a key. https://www.rfc-editor.org/rfc/rfc4253#section-6.6
function isNamed(name: string, value: unknown): boolean {
  if (/\b(ssh-[a-z0-9]+|ecdsa-sha2-[a-z0-9-]+) AAAA|-----BEGIN (PUBLIC KEY|CERTIFICATE)/.test(String(value)))
    return false;
  return (
    namesCredential(name) && typeof value === "string" && !/^(|true|false|none|null|\d{1,6})$/i.test(value)
  );
}

interface Variable {
  name: string;
  value: unknown;
  /** As in `textsOf`. */
  path: string;
}

/**
 * Variables of programs and builds, by the names that those give them. What is not known yet is
 * left out.
 */
function plainVariables(resource: ResourceState): Variable[] {
  const { type } = resource;
  const inputs = inputsOf(resource);
  const within = (key: string) =>
    Object.entries(isTree(inputs[key]) ? inputs[key] : {}).map(([name, value]) => ({
      name,
      value,
      path: `inputs.${key}.${name}`,
    }));
  switch (type) {
    case "heroku:app/app:App":
      return within("configVars");
    case "heroku:app/configAssociation:ConfigAssociation":
      return within("vars");
    case "netlify:index/environmentVariable:EnvironmentVariable":
      return within("values").map((variable) => ({ ...variable, name: textAt(inputs, "key") ?? "" }));
    case "github:index/actionsVariable:ActionsVariable":
    case "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable":
      return [{ name: textAt(inputs, "variableName") ?? "", value: inputs.value, path: "inputs.value" }];
    default:
      // A provider's own configuration comes from the stack's.
      return type.startsWith("pulumi:providers:")
        ? Object.entries(inputs).map(([name, value]) => ({ name, value, path: `inputs.${name}` }))
        : [];
  }
}

/** No credential stands in a file of the repository. */
export const configSecrets: StackRule = {
  name: "config-secrets",
  severity: "error",
  title: "No credential stands in plain in Pulumi.yaml or a stack's file",
  because:
    "these files are committed: whoever may read the repository, now or later, may use it, and it stays in the history",
  fix: "revoke it; then `pulumi config set --secret NAME` and refer to `${secret.NAME}`",
  source: "https://www.pulumi.com/docs/iac/concepts/secrets/#encrypting-values-in-code-and-configuration",
  all(_, { config = {} }) {
    return leavesOf(config, []).flatMap(({ path, value }) => {
      const what = secretInConfig(path, value);
      return what === undefined ? [] : [{ says: `${quoted(path.join("."))} ${what}` }];
    });
  },
};

function secretInConfig(path: readonly string[], value: string): string | undefined {
  const credential = credentialIn(value);
  if (credential !== undefined) return `holds ${credential}`;
  if (references(value).length > 0) return undefined;
  if (looksRandom(value)) return "holds a text that looks random, as credentials do";
  // Names of variables and of configuration; of the spec's own keys none is called like a
  // credential, but to name a secret.
  const name = path.at(-1)?.split(":").at(-1) ?? "";
  const names = path.includes("variables") || path.length === 1;
  return names && isNamed(name, value) ? "is a credential by its name" : undefined;
}

function leavesOf(value: unknown, path: readonly string[]): { path: readonly string[]; value: string }[] {
  if (typeof value === "string") return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((inside, index) => leavesOf(inside, [...path, `${index}`]));
  if (!isTree(value)) return [];
  return Object.entries(value as Tree).flatMap(([key, inside]) => leavesOf(inside, [...path, key]));
}
