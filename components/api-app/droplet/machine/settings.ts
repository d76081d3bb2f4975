/**
 * What is particular about one droplet. What changes with a deploy (variables, processes, commands)
 * comes with the deploy.
 */
export interface ServerSettings {
  /** Public host name of the API, for which it gets its certificate: `api.example.org`. */
  host: string;
  /** GitHub repository whose commits are deployed, as `owner/name`. */
  repository: string;
  /** Python of commits without a `.python-version` file: `3.12` or `3.12.8`. */
  python: string;
  /** When it restarts after an update that needs it, as `HH:MM` in UTC. */
  rebootAt: string;
  /**
   * Public key of the deploy workflow, as OpenSSH writes it: it may run the deploy command and
   * nothing else.
   */
  deployKey: string;
  /**
   * The droplet's own Ed25519 key, in OpenSSH's formats: made before the droplet, so that the
   * workflow knows it.
   */
  hostKey: { privateKey: string; publicKey: string };
  /** Private half of a read-only deploy key of the repository, in OpenSSH's format. */
  repositoryKey: string;
  /**
   * Public keys of people who may log in as `admin`, who may become root. None: nobody can log in.
   */
  administrators: readonly string[];
  /** Ubuntu packages that the app needs besides, for example `libpq-dev`. */
  packages: readonly string[];
  /** Mail address that Let's Encrypt warns before a certificate ends. Default: nobody is warned. */
  contact?: string;
  /**
   * Whether DigitalOcean's own agent reports load, memory and disk, as the droplet's `monitoring`
   * says.
   */
  monitoring: boolean;
}
