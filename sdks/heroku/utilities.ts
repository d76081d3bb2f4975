import * as pulumi from "@pulumi/pulumi";
import packageJson from "./package.json";

/** The plugin version of this SDK; `package.json` is its only source. */
export const packageVersion = packageJson.pulumi.version;

/**
 * The default options of every resource of the package: the plugin that the engine needs, and its
 * download URL.
 */
export function resourceOptsDefaults(): pulumi.CustomResourceOptions {
  return { version: packageVersion, pluginDownloadURL: packageJson.pulumi.server };
}

interface ResourceClass {
  readonly __pulumiType: string;
  new (name: string, args: never, opts: pulumi.CustomResourceOptions): pulumi.Resource;
}

/**
 * Lets the Pulumi runtime turn a reference to a resource of these classes (for example an output of
 * a remote component) back into an object of its class.
 */
export function registerResources(...classes: ResourceClass[]): void {
  for (const Class of classes) {
    const [packageName = "", moduleName = ""] = Class.__pulumiType.split(":");
    pulumi.runtime.registerResourceModule(packageName, moduleName, {
      version: packageVersion,
      construct: (name, type, urn) => {
        if (type !== Class.__pulumiType) throw new Error(`unknown resource type ${type}`);
        return new Class(name, undefined as never, { urn });
      },
    });
  }
}
