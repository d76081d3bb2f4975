import { ComponentResource, CustomResource, ProviderResource, secret } from "@pulumi/pulumi";
import { SECRET, SIGNATURE } from "../../providers/protocol/values";
import type { Program } from "../../stagewright/rehearsal/inline-program";
import type { Stated } from "../../stagewright/release/stated";
import type { ResourceState } from "../../stagewright/resources/graph";
import { Hidden, type Made } from "./cases";

class Environment extends ComponentResource {
  constructor(policy: Stated) {
    super("stagewright:index:Environment", "environment", { policy });
  }
}

class Declared extends CustomResource {
  constructor(made: Made, provider: Account | undefined) {
    const { protect, retainOnDelete } = made;
    super(made.type, made.name, resolved(made.inputs, secret) as object, {
      protect,
      retainOnDelete,
      provider,
    });
  }
}

class Account extends ProviderResource {
  constructor({ type, name, inputs }: Made) {
    // As the providers' own SDKs hand it on.
    const encoded = Object.entries(inputs).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    super(type.slice("pulumi:providers:".length), name, Object.fromEntries(encoded));
  }
}

/** The program that declares them, in an environment that states this. */
export function programOf(stated: Stated, providers: readonly Made[], made: readonly Made[]): Program {
  return () => {
    new Environment(stated);
    const accounts = new Map(providers.map((provider) => [provider.name, new Account(provider)]));
    for (const one of made) {
      if (one.type.startsWith("pulumi:providers:")) accounts.set(one.name, new Account(one));
      else new Declared(one, accounts.get(one.provider ?? ""));
    }
  };
}

/** The same as a deployment holds them. */
export function statesOf(stated: Stated, providers: readonly Made[], made: readonly Made[]): ResourceState[] {
  const urn = (type: string, name: string) => `urn:pulumi:live::dandi::${type}::${name}`;
  const wrapped = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });
  const environment = "stagewright:index:Environment";
  const all = [...providers, ...made];
  const typeOf = (provider: string) => all.find(({ name }) => name === provider)?.type ?? "";
  return [
    { urn: urn(environment, "environment"), type: environment, custom: false, inputs: { policy: stated } },
    ...all.map(({ type, name, inputs, protect, retainOnDelete, provider }) => ({
      urn: urn(type, name),
      type,
      custom: true,
      inputs: resolved(inputs, wrapped) as Record<string, unknown>,
      protect,
      retainOnDelete,
      ...(provider !== undefined && { provider: `${urn(typeOf(provider), provider)}::1` }),
    })),
  ];
}

function resolved(value: unknown, hide: (value: unknown) => unknown): unknown {
  if (value instanceof Hidden) return hide(value.value);
  if (Array.isArray(value)) return value.map((inside) => resolved(inside, hide));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, resolved(inside, hide)]));
}
