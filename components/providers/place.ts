import type * as pulumi from "@pulumi/pulumi";

const places = new WeakMap<pulumi.ProviderResource, string>();

/** States the account or the owner in which a provider works. */
export function worksIn(provider: pulumi.ProviderResource, place: string): void {
  places.set(provider, place);
}

/**
 * Makes anew, in the new place, what was made by a provider that now works in another one. The
 * engine would not: to it the provider is only updated, and what was made in the old place would be
 * lost sight of without a word. What is protected is refused.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
 * (providerChanged, shouldTriggerReplace)
 */
export const staysInItsPlace: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  if (type.startsWith("stagewright:")) return undefined; // a component is nowhere
  const { provider = opts.parent?.getProvider(type) } = opts as pulumi.CustomResourceOptions;
  const place = provider && places.get(provider);
  return place === undefined ? undefined : { props, opts: { ...opts, replacementTrigger: place } };
};
