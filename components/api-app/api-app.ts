import type * as pulumi from "@pulumi/pulumi";

/** An app at Heroku, for what is made beside it. */
export interface HerokuHome {
  via: "heroku";
  /** UUID of the app. */
  appId: pulumi.Input<string>;
  /** Name of the app: those of its add-ons start with it. */
  appName: pulumi.Input<string>;
}

/** A droplet, for what is made beside it. */
export interface DropletHome {
  via: "digitalocean";
  /** Name of the droplet: those of what belongs to it start with it. */
  appName: string;
  region: string;
  /** Number of the droplet, the only thing that may reach the API's data. */
  dropletId: pulumi.Input<string>;
  /** UUID of its private network. */
  vpcId: pulumi.Input<string>;
  /** UUID of its project. */
  projectId: pulumi.Input<string>;
  tags: string[];
}

/** Where an API runs: what its database and its broker need to know. */
export type Home = HerokuHome | DropletHome;

/** What a deploy workflow needs to reach an app at Heroku. */
interface HerokuAccess {
  via: "heroku";
  /** Name of the app. */
  app: pulumi.Input<string>;
  /** Heroku API token that may deploy the app. Secret. */
  token: pulumi.Input<string>;
}

/** What a deploy workflow needs to reach a droplet. */
export interface DropletAccess {
  via: "digitalocean";
  /** Address of the droplet. */
  host: pulumi.Input<string>;
  /** Public key by which it is known for the right one: `ssh-ed25519 AAAA…`. */
  hostKey: pulumi.Input<string>;
  /** Private key that can run the deploy command and nothing else. Secret. */
  deployKey: pulumi.Input<string>;
  /** All variables of the app, as one JSON object. Secret. */
  variables: pulumi.Input<string>;
}

/** What a deploy workflow needs to reach an API. */
export type Access = HerokuAccess | DropletAccess;

/** The API, on whichever platform. */
export interface ApiApp extends pulumi.ComponentResource {
  /** Where clients reach it: the host of the spec, else the platform's own. */
  readonly host: pulumi.Output<string>;
  /** `https://` and the host, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** What the DNS record of the host points to; `undefined` where the spec states no host. */
  readonly dnsTarget: pulumi.Output<string> | undefined;
  readonly home: Home;
}
