import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { Certificate } from "@stagewright/netlify/certificate";
import { guiHost } from "../spec/hosts";
import { generatedValues } from "../spec/references";
import type { EnvironmentSpec } from "../spec/schema/environment";
import { parseTracks } from "../spec/schema/release";
import { ApiApp } from "./api-app";
import { Bucket } from "./bucket";
import { Database } from "./database";
import { DeployHooks } from "./deploy-hooks";
import { Dns, type HostRecord } from "./dns";
import { ErrorTracking } from "./error-tracking";
import { GuiSite } from "./gui-site";
import { MessageBroker } from "./message-broker";
import { type AwsAccount, awsAccounts } from "./providers/aws";
import { githubProviders } from "./providers/github";
import { herokuProvider } from "./providers/heroku";
import { resolveVariables, type Values } from "./variables";

export interface EnvironmentArgs {
  /** The Pulumi project, which is the system's name. */
  system: string;
  spec: EnvironmentSpec;
  /** A secret of the stack's config by its name. */
  secret: (name: string) => pulumi.Output<string>;
}

/** One environment: everything that its spec says, wired together. What is not in the spec is not made. */
export class Environment extends pulumi.ComponentResource {
  readonly apiUrl: pulumi.Output<string> | undefined;
  readonly guiUrl: string | undefined;
  readonly bucketName: pulumi.Output<string> | undefined;

  readonly #args: EnvironmentArgs;
  readonly #account: (name: string) => AwsAccount;
  readonly #github: ReturnType<typeof githubProviders>;

  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Environment", name, {}, opts);
    const { system, spec } = args;
    this.#args = args;
    this.#account = awsAccounts(spec.accounts, { system, environment: spec.name }, { parent: this });
    this.#github = githubProviders({ parent: this });

    const values = this.#knownValues();
    const errors = this.#errorTracking(values);
    const bucket = this.#bucket(values);
    const api = this.#api(values);
    const database = this.#database(api);
    const broker = this.#broker(api);
    const gui = this.#gui(values);
    const dns = this.#dns(api, gui);
    this.#guiCertificate(gui, dns);
    this.#deployHooks(api, gui, [database, broker, dns]);

    this.apiUrl = api?.url;
    this.guiUrl = gui?.url;
    this.bucketName = bucket?.bucketName;
    this.registerOutputs({
      apiUrl: this.apiUrl,
      guiUrl: this.guiUrl,
      bucketName: this.bucketName,
      errors: errors?.projectSlug,
    });
  }

  // What variables may refer to; each component adds its own when it is there.
  #knownValues(): Values {
    const { spec, secret } = this.#args;
    const values: Values = { environment: { name: spec.name }, generated: {}, secret };
    for (const name of generatedValues(spec)) {
      const password = new RandomPassword(
        `generated-${name}`,
        { length: 64, special: false },
        { parent: this },
      );
      values.generated[name] = password.result;
    }
    if (spec.gui) values.gui = { host: guiHost(spec.gui), url: `https://${guiHost(spec.gui)}` };
    if (spec.api?.host) values.api = { host: spec.api.host, url: `https://${spec.api.host}` };
    return values;
  }

  #errorTracking(values: Values): ErrorTracking | undefined {
    const { errors: spec } = this.#args.spec;
    if (!spec) return undefined;
    const errors = new ErrorTracking("errors", { spec }, { parent: this });
    values.errors = { dsn: errors.dsn, environment: errors.environment };
    return errors;
  }

  #bucket(values: Values): Bucket | undefined {
    const { bucket: spec, gui, data } = this.#args.spec;
    if (!spec) return undefined;
    const { id: accountId, region, provider } = this.#account(spec.account);
    const corsOrigins = gui ? [`https://${guiHost(gui)}`] : [];
    const bucket = new Bucket(
      "bucket",
      { spec, accountId, region, corsOrigins, protected: data.protected },
      { parent: this, provider },
    );
    values.bucket = {
      name: bucket.bucketName,
      region: bucket.region,
      accessKeyId: bucket.accessKeyId,
      secretAccessKey: bucket.secretAccessKey,
    };
    return bucket;
  }

  #api(values: Values): ApiApp | undefined {
    const { api: spec, data } = this.#args.spec;
    if (!spec) return undefined;
    const { plain, sensitive } = resolveVariables(spec.variables, values);
    const api = new ApiApp(
      "api",
      {
        spec,
        variables: plain,
        sensitiveVariables: sensitive,
        logDrainUrl: spec.logDrain && this.#args.secret(spec.logDrain),
        protected: data.protected,
      },
      { parent: this, provider: herokuProvider("heroku", { parent: this }) },
    );
    values.api = { host: api.host, url: api.url };
    return api;
  }

  #database(api: ApiApp | undefined): Database | undefined {
    const { database: spec, data } = this.#args.spec;
    if (!spec || !api) return undefined;
    const { appId, appName } = api;
    return new Database("database", { spec, appId, appName, protected: data.protected }, inside(api));
  }

  #broker(api: ApiApp | undefined): MessageBroker | undefined {
    const { broker: spec, data } = this.#args.spec;
    if (!spec || !api) return undefined;
    const { appId, appName } = api;
    return new MessageBroker("broker", { spec, appId, appName, protected: data.protected }, inside(api));
  }

  #gui(values: Values): GuiSite | undefined {
    const { gui: spec, release } = this.#args.spec;
    if (!spec) return undefined;
    const tracks = parseTracks(release.gui?.tracks ?? "nothing");
    const { plain, sensitive } = resolveVariables(spec.variables, values);
    return new GuiSite(
      "gui",
      {
        spec,
        branch: tracks.kind === "branch" ? tracks.branch : spec.branch,
        variables: { ...plain, ...sensitive },
      },
      { parent: this, providers: [this.#github(spec.repository)] },
    );
  }

  #dns(api: ApiApp | undefined, gui: GuiSite | undefined): Dns | undefined {
    const { spec } = this.#args;
    if (!spec.dns) return undefined;
    const records: Record<string, HostRecord> = {};
    if (api?.dnsTarget && spec.api?.host) {
      records.api = { host: spec.api.host, target: api.dnsTarget, vendor: "heroku" };
    }
    if (gui && spec.gui?.host) {
      records.gui = { host: spec.gui.host, target: gui.dnsTarget, vendor: "netlify" };
    }
    return new Dns(
      "dns",
      { zoneName: spec.dns.zone, ttl: spec.dns.ttl, records },
      { parent: this, provider: this.#account(spec.dns.account).provider },
    );
  }

  // Netlify issues a certificate only once it sees the domain's record.
  #guiCertificate(gui: GuiSite | undefined, dns: Dns | undefined): void {
    if (!gui || !dns || !this.#args.spec.gui?.host) return;
    new Certificate("gui-certificate", { siteId: gui.siteId }, { parent: gui, dependsOn: [dns] });
  }

  #deployHooks(
    api: ApiApp | undefined,
    gui: GuiSite | undefined,
    dependsOn: (pulumi.Resource | undefined)[],
  ): void {
    const { system, spec, secret } = this.#args;
    const readToken = spec.errors?.readToken;
    new DeployHooks(
      "deploys",
      {
        system,
        spec,
        api: api &&
          spec.release.api && { app: api.appName, url: api.url, token: secret(spec.release.api.token) },
        gui: gui && { buildHookUrl: gui.buildHookUrl, url: gui.url },
        sentryToken: readToken === undefined ? undefined : () => secret(readToken),
        github: this.#github,
      },
      // The first deploy must find everything that the app needs.
      { parent: this, dependsOn: dependsOn.filter((resource) => resource !== undefined) },
    );
  }
}

// What belongs to the app is made by the same provider, with the app as its parent in the tree.
function inside(api: ApiApp): pulumi.ComponentResourceOptions {
  return { parent: api };
}
