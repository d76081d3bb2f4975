import type * as pulumi from "@pulumi/pulumi";

/** What the provider writes into the state beside what was declared. */
export interface ProviderCustomization {
  /**
   * Whether `configVarValues` of add-ons is filled; such values are credentials, for example
   * `DATABASE_URL`. Default: true.
   */
  setAddonConfigVarsInState?: pulumi.Input<boolean>;
  /**
   * Whether `allConfigVars` of apps is filled, also with config vars set by others. Default: true.
   */
  setAppAllConfigVarsInState?: pulumi.Input<boolean>;
}

/** Waits for Heroku's data to become consistent. */
export interface ProviderDelays {
  /** Seconds after the creation of an app, 0 or more. Default: 5. */
  postAppCreateDelay?: pulumi.Input<number>;
  /** Seconds after the creation of a domain, 0 or more. Default: 5. */
  postDomainCreateDelay?: pulumi.Input<number>;
  /** Seconds after the creation of a private space, 0 or more. Default: 5. */
  postSpaceCreateDelay?: pulumi.Input<number>;
}

/** How long the provider waits before it gives up. */
export interface ProviderTimeouts {
  /** Minutes until an add-on must be provisioned, 10 or more. Default: 20. */
  addonCreateTimeout?: pulumi.Input<number>;
}

export namespace app {
  /** The Heroku Team that owns an app. */
  export interface AppOrganization {
    /** Whether other members of the team may not join the app. Default: as the team has it. */
    locked?: pulumi.Input<boolean>;
    /** Name of the team. Replace on change. */
    name: pulumi.Input<string>;
    /**
     * Whether the app belongs to the user's own account although a default team is set. Replace on
     * change.
     */
    personal?: pulumi.Input<boolean>;
  }
}

export namespace build {
  /** Where the source of a build is: one of `path` and `url`. Every field: replace on change. */
  export interface BuildSource {
    /** `SHA256:` and the hash of the archive in hexadecimal. Default: not verified. */
    checksum?: pulumi.Input<string>;
    /** Local path of a source folder or of a `.tgz` archive; excludes `url`. */
    path?: pulumi.Input<string>;
    /** `https://` address of a `.tgz` archive; excludes `path`. */
    url?: pulumi.Input<string>;
    /** What identifies the source, for example the commit hash. Default: nothing. */
    version?: pulumi.Input<string>;
  }

  /** Who started a build. */
  export interface BuildUser {
    email?: pulumi.Input<string>;
    /** UUID of the account. */
    id?: pulumi.Input<string>;
  }
}

export namespace pipeline {
  /** Who owns a pipeline. */
  export interface PipelineOwner {
    /** UUID of the user or the team. Replace on change. */
    id: pulumi.Input<string>;
    /** `user` or `team`. Replace on change. */
    type: pulumi.Input<string>;
  }
}

export namespace slug {
  /** Where the archive of a slug was uploaded to. */
  export interface SlugBlob {
    /** HTTP method of the upload. */
    method?: pulumi.Input<string>;
    /** Signed address that expires. */
    url?: pulumi.Input<string>;
  }
}
