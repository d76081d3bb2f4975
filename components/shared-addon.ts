import * as pulumi from "@pulumi/pulumi";
import { Attachment } from "@pulumiverse/heroku/addon/attachment";
import { getAddonOutput } from "@pulumiverse/heroku/addon/getAddon";

export interface SharedAddonArgs {
  /** Name of the add-on, which another environment owns. */
  addon: string;
  /** UUID of the app that uses it. */
  appId: pulumi.Input<string>;
  /** What the names of its config vars start with: `DATABASE` for `DATABASE_URL`. */
  prefix: string;
  /** Credential of Heroku Postgres that is attached. Default: the owner's. */
  credential?: string;
}

/**
 * An add-on of another environment for one app: attached, never owned. Only the attachment is made
 * here, and only it goes away with the environment
 * (https://devcenter.heroku.com/articles/managing-add-ons#using-the-attachments-of-an-add-on).
 */
export class SharedAddon extends pulumi.ComponentResource {
  readonly addonName: string;
  /** The config var that holds the address. */
  readonly variable: string;

  constructor(name: string, args: SharedAddonArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:SharedAddon", name, {}, opts);
    const { addon, appId, prefix, credential } = args;
    const { id } = getAddonOutput({ name: addon }, { parent: this });
    new Attachment(
      name,
      {
        addonId: id,
        appId,
        name: prefix,
        namespace: credential === undefined ? undefined : `credential:${credential}`,
      },
      { parent: this },
    );
    this.addonName = addon;
    this.variable = `${prefix}_URL`;
    this.registerOutputs({ addonName: this.addonName, variable: this.variable });
  }
}
