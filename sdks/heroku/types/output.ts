export namespace app {
  /** The Heroku Team that owns an app. */
  export interface AppOrganization {
    locked: boolean;
    name: string;
    personal: boolean;
  }
}

export namespace build {
  /** Where the source of a build is. */
  export interface BuildSource {
    checksum: string;
    path?: string;
    url?: string;
    version?: string;
  }

  /** Who started a build. */
  export interface BuildUser {
    email: string;
    /** UUID of the account. */
    id: string;
  }
}

export namespace pipeline {
  /** Who owns a pipeline. */
  export interface PipelineOwner {
    /** UUID of the user or the team. */
    id: string;
    /** `user` or `team`. */
    type: string;
  }
}

export namespace slug {
  /** Where the archive of a slug was uploaded to. */
  export interface SlugBlob {
    /** HTTP method of the upload. */
    method: string;
    /** Signed address that expires. */
    url: string;
  }
}
