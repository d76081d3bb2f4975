/**
 * Local SDK of the Pulumi package `heroku` (plugin 1.0.4, bridged from Heroku's Terraform provider
 * 5.x), which npm does not carry. Modules, class names, type tokens and properties are those of
 * `@pulumiverse/heroku`, so the published package can replace it without changes to the programs.
 * It contains the resources of the Common Runtime, without those of Private Spaces, members,
 * accounts and Heroku's own review apps, and without the lookup functions.
 */
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "./provider";
import { packageVersion } from "./utilities";

export * as addon from "./addon";
export * as app from "./app";
export * as build from "./build";
export * as collaborator from "./collaborator";
export * as domain from "./domain";
export * as drain from "./drain";
export * as formation from "./formation";
export * as pipeline from "./pipeline";
export { Provider, type ProviderArgs } from "./provider";
export * as slug from "./slug";
export * as ssl from "./ssl";
export * as team from "./team";
export * as types from "./types";

pulumi.runtime.registerResourcePackage("heroku", {
  version: packageVersion,
  constructProvider: (name, type, urn) => {
    if (type !== `pulumi:providers:${Provider.__pulumiType}`)
      throw new Error(`unknown provider type ${type}`);
    return new Provider(name, undefined, { urn });
  },
});
