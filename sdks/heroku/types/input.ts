import type * as pulumi from "@pulumi/pulumi";

/** The values that the provider writes to the state beside the declared ones. */
export interface ProviderCustomization {
  /**
   * Whether `configVarValues` of add-ons is filled in; such values are credentials, for example
   * `DATABASE_URL`. Default: true.
   */
  setAddonConfigVarsInState?: pulumi.Input<boolean>;
  /**
   * Whether `allConfigVars` of apps is filled in, including config vars set elsewhere. Default:
   * true.
   */
  setAppAllConfigVarsInState?: pulumi.Input<boolean>;
}

/** Delays until Heroku's data is consistent. */
export interface ProviderDelays {
  /** Seconds after the creation of an app, 0 or more. Default: 5. */
  postAppCreateDelay?: pulumi.Input<number>;
  /** Seconds after the creation of a domain, 0 or more. Default: 5. */
  postDomainCreateDelay?: pulumi.Input<number>;
  /** Seconds after the creation of a private space, 0 or more. Default: 5. */
  postSpaceCreateDelay?: pulumi.Input<number>;
}

/** The provider's time-outs. */
export interface ProviderTimeouts {
  /** Minutes within which an add-on must be provisioned, 10 or more. Default: 20. */
  addonCreateTimeout?: pulumi.Input<number>;
}

export namespace app {
  /** The Heroku Team that owns an app. */
  export interface AppOrganization {
    /**
     * Whether other members of the team are prevented from joining the app. Default: the team's
     * setting.
     */
    locked?: pulumi.Input<boolean>;
    /** Name of the team. Replace on change. */
    name: pulumi.Input<string>;
    /**
     * Whether the app belongs to the user's own account even if a default team is set. Replace on
     * change.
     */
    personal?: pulumi.Input<boolean>;
  }
}

export namespace build {
  /** The source of a build: one of `path` and `url`. Every field: replace on change. */
  export interface BuildSource {
    /** `SHA256:` and the hash of the archive in hexadecimal. Default: not verified. */
    checksum?: pulumi.Input<string>;
    /** Local path of a source folder or of a `.tgz` archive; excludes `url`. */
    path?: pulumi.Input<string>;
    /** `https://` URL of a `.tgz` archive; excludes `path`. */
    url?: pulumi.Input<string>;
    /** An identifier of the source, for example the commit hash. Default: none. */
    version?: pulumi.Input<string>;
  }

  /** The person who started a build. */
  export interface BuildUser {
    email?: pulumi.Input<string>;
    /** UUID of the account. */
    id?: pulumi.Input<string>;
  }
}

export namespace pipeline {
  /** The owner of a pipeline. */
  export interface PipelineOwner {
    /** UUID of the user or the team. Replace on change. */
    id: pulumi.Input<string>;
    /** `user` or `team`. Replace on change. */
    type: pulumi.Input<string>;
  }
}

export namespace slug {
  /** The upload location of a slug's archive. */
  export interface SlugBlob {
    /** HTTP method of the upload. */
    method?: pulumi.Input<string>;
    /** Signed URL that expires. */
    url?: pulumi.Input<string>;
  }
}
