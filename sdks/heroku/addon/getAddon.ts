import * as pulumi from "@pulumi/pulumi";
import { resourceOptsDefaults } from "../utilities";

/** Finds an existing add-on by its name, in any app. */
export function getAddonOutput(
  args: GetAddonArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetAddonResult> {
  return pulumi.runtime.invokeOutput<GetAddonResult>(
    "heroku:addon/getAddon:getAddon",
    { name: args.name },
    pulumi.mergeOptions(resourceOptsDefaults(), opts ?? {}) as pulumi.InvokeOutputOptions,
  );
}

export interface GetAddonArgs {
  /** Name of the add-on, unique on all of Heroku. */
  name: pulumi.Input<string>;
}

export interface GetAddonResult {
  /** UUID of the app that owns the add-on. */
  readonly appId: string;
  /** Names of the config vars that the add-on sets. */
  readonly configVars: string[];
  /** UUID of the add-on. */
  readonly id: string;
  readonly name: string;
  /** Service and plan. */
  readonly plan: string;
  readonly providerId: string;
}
