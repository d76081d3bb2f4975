import { PackageDependency, PackageParameterization, PluginDependency } from "@pulumi/pulumi/proto/plugin_pb";
import { type Dependency, dependenciesOf, type PulumiField } from "./dependencies";

type Provider = Dependency & { pulumi: PulumiField };

/**
 * Returns the Pulumi packages that a program needs, as its npm dependencies declare their
 * providers.
 */
export function requiredPackages(directory: string): PackageDependency[] {
  return providers(directory).map((provider) => {
    const { server = "", parameterization } = provider.pulumi;
    const required = new PackageDependency().setName(pluginName(provider)).setKind("resource");
    required.setVersion(pluginVersion(provider)).setServer(server);
    if (parameterization) {
      const { name, version, value } = parameterization;
      required.setParameterization(
        new PackageParameterization().setName(name).setVersion(version).setValue(value),
      );
    }
    return required;
  });
}

/**
 * Returns the same packages as plugins, for the older call. A parameterized package is not a plugin
 * of its own.
 */
export function requiredPlugins(directory: string): PluginDependency[] {
  return providers(directory).map((provider) =>
    new PluginDependency()
      .setName(pluginName(provider))
      .setKind("resource")
      .setVersion(pluginVersion(provider))
      .setServer(provider.pulumi.server ?? ""),
  );
}

function providers(directory: string): Provider[] {
  return dependenciesOf(directory).filter((found): found is Provider => found.pulumi?.resource === true);
}

function pluginName({ name, pulumi }: Provider): string {
  return pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, "");
}

function pluginVersion({ version, pulumi }: Provider): string {
  return `v${(pulumi.version ?? version).replace(/^v/, "")}`;
}
