export namespace app {
  /** The Heroku Team that owns an app. */
  export interface AppOrganization {
    locked: boolean;
    name: string;
    personal: boolean;
  }
}

export namespace build {
  /** The source of a build. */
  export interface BuildSource {
    checksum: string;
    path?: string;
    url?: string;
    version?: string;
  }

  /** The person who started a build. */
  export interface BuildUser {
    email: string;
    /** UUID of the account. */
    id: string;
  }
}

export namespace pipeline {
  /** The owner of a pipeline. */
  export interface PipelineOwner {
    /** UUID of the user or the team. */
    id: string;
    /** `user` or `team`. */
    type: string;
  }
}

export namespace slug {
  /** The upload location of a slug's archive. */
  export interface SlugBlob {
    /** HTTP method of the upload. */
    method: string;
    /** Signed URL that expires. */
    url: string;
  }
}
