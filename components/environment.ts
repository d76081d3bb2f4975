import { Certificate } from "@pulumi/netlify/certificate";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { guiHost } from "../stagewright/environment/hosts";
import { generatedValues } from "../stagewright/environment/references";
import type { HerokuApiSpec } from "../stagewright/environment/schema/api";
import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import { parseTracks } from "../stagewright/environment/schema/release";
import { stated } from "../stagewright/release/stated";
import type { Access, ApiApp } from "./api-app/api-app";
import { DropletApp } from "./api-app/droplet";
import { HerokuApp } from "./api-app/heroku";
import { Bucket } from "./bucket";
import { Database } from "./database";
import { DeployHooks } from "./deploy-hooks";
import { Dns, type HostRecord } from "./dns";
import { ErrorTracking } from "./error-tracking";
import { GuiSite } from "./gui-site";
import { MessageBroker } from "./message-broker";
import { type AwsAccount, awsAccounts } from "./providers/aws";
import { digitalOcean, tagsOf } from "./providers/digitalocean";
import { githubProviders } from "./providers/github";
import { herokuProvider } from "./providers/heroku";
import { staysInItsPlace } from "./providers/place";
import { SharedAddon } from "./shared-addon";
import { resolveVariables, type Values } from "./variables";

export interface EnvironmentArgs {
  /** The Pulumi project, which is the system's name. */
  system: string;
  spec: EnvironmentSpec;
  /** A secret of the stack's config by its name. */
  secret: (name: string) => pulumi.Output<string>;
}

/**
 * One environment: everything that its spec says, wired together. What is not in the spec is not
 * made.
 */
export class Environment extends pulumi.ComponentResource {
  readonly apiUrl: pulumi.Output<string> | undefined;
  readonly guiUrl: string | undefined;
  readonly bucketName: pulumi.Output<string> | undefined;

  readonly #args: EnvironmentArgs;
  readonly #account: (name: string) => AwsAccount;
  readonly #github: ReturnType<typeof githubProviders>;
  readonly #digitalOcean: ReturnType<typeof digitalOcean>;

  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    // Policies know nothing of a run but its resources.
    super(
      "stagewright:index:Environment",
      name,
      { policy: stated(args.system, args.spec) },
      {
        ...opts,
        transformations: [staysInItsPlace],
      },
    );
    const { system, spec } = args;
    this.#args = args;
    this.#account = awsAccounts(spec.accounts, { system, environment: spec.name }, { parent: this });
    this.#github = githubProviders({ parent: this });
    this.#digitalOcean = digitalOcean({ parent: this });

    const values = this.#knownValues();
    const errors = this.#errorTracking(values);
    const bucket = this.#bucket(values);
    const api = this.#api(values);
    const database = this.#database(api);
    const broker = this.#broker(api);
    const gui = this.#gui(values);
    const dns = this.#dns(api, gui);
    this.#guiCertificate(gui, dns);
    const access = api && this.#access(api, values, [database, broker]);
    this.#deployHooks(api, access, gui, [database, broker, dns]);

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
      prefix: spec.shared?.prefix ?? "",
      region: bucket.region,
      accessKeyId: bucket.accessKeyId,
      secretAccessKey: bucket.secretAccessKey,
    };
    return bucket;
  }

  #api(values: Values): ApiApp | undefined {
    const { system, spec: environment } = this.#args;
    const { api: spec, data, name } = environment;
    if (!spec) return undefined;
    const api =
      spec.via === "heroku"
        ? this.#herokuApp(spec, values)
        : new DropletApp(
            "api",
            { spec, tags: tagsOf({ system, environment: name }), protected: data.protected },
            { parent: this, providers: [this.#digitalOcean(), this.#github(spec.repository)] },
          );
    values.api = { host: api.host, url: api.url };
    return api;
  }

  #herokuApp(spec: HerokuApiSpec, values: Values): HerokuApp {
    const { plain, sensitive } = resolveVariables(spec.variables, values);
    return new HerokuApp(
      "api",
      {
        spec,
        variables: plain,
        sensitiveVariables: sensitive,
        logDrainUrl: spec.logDrain && this.#args.secret(spec.logDrain),
        protected: this.#args.spec.data.protected,
      },
      { parent: this, provider: herokuProvider("heroku", { parent: this }) },
    );
  }

  #database(api: ApiApp | undefined): Database | SharedAddon | undefined {
    const { database: spec, data } = this.#args.spec;
    if (!spec || !api) return undefined;
    const { home } = api;
    if (spec.shared && home.via === "heroku")
      return new SharedAddon(
        "database",
        { ...spec.shared, appId: home.appId, prefix: "DATABASE" },
        inside(api),
      );
    return new Database("database", { spec, home, protected: data.protected }, inside(api));
  }

  #broker(api: ApiApp | undefined): MessageBroker | SharedAddon | undefined {
    const { broker: spec, data } = this.#args.spec;
    if (!spec || !api) return undefined;
    const { home } = api;
    if (spec.via !== "shared")
      return new MessageBroker("broker", { spec, home, protected: data.protected }, inside(api));
    if (home.via !== "heroku") return undefined;
    return new SharedAddon(
      "broker",
      { addon: spec.addon, appId: home.appId, prefix: "CLOUDAMQP" },
      inside(api),
    );
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
      records.api = { host: spec.api.host, target: api.dnsTarget, vendor: spec.api.via };
    }
    if (gui && spec.gui?.host) {
      records.gui = { host: spec.gui.host, target: gui.dnsTarget, vendor: "netlify" };
    }
    const { via, zone: zoneName, ttl, account } = spec.dns;
    const provider = via === "route53" ? this.#account(account).provider : this.#digitalOcean();
    return new Dns("dns", { via, zoneName, ttl, records }, { parent: this, provider });
  }

  // Netlify issues a certificate only once it sees the domain's record.
  #guiCertificate(gui: GuiSite | undefined, dns: Dns | undefined): void {
    if (!gui || !dns || !this.#args.spec.gui?.host) return;
    new Certificate("gui-certificate", { siteId: gui.siteId }, { parent: gui, dependsOn: [dns] });
  }

  // What the app's variables are is known only when everything else is there. A droplet gets them
  // with each deploy.
  #access(
    api: ApiApp,
    values: Values,
    parts: (Database | MessageBroker | SharedAddon | undefined)[],
  ): Access | undefined {
    const { spec, secret } = this.#args;
    const { api: apiSpec, release } = spec;
    if (!apiSpec || !release.api) return undefined;
    if (!(api instanceof DropletApp)) {
      const { token } = release.api;
      return token === undefined ? undefined : { via: "heroku", app: api.home.appName, token: secret(token) };
    }
    const { plain, sensitive } = resolveVariables(apiSpec.variables, values);
    const provided = parts.flatMap((part) =>
      part && "url" in part && part.url !== undefined ? [[part.variable, part.url] as const] : [],
    );
    const variables = pulumi.secret(
      pulumi.jsonStringify({ ...plain, ...sensitive, ...Object.fromEntries(provided) }),
    );
    return { ...api.access, variables };
  }

  #deployHooks(
    api: ApiApp | undefined,
    access: Access | undefined,
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
        api: api && access && { ...access, url: api.url },
        gui: gui && { buildHookUrl: gui.buildHookUrl, url: gui.url },
        sentryToken: readToken === undefined ? undefined : () => secret(readToken),
        restoreFrom: Object.fromEntries(
          Object.entries(spec.data.restore?.sources ?? {}).map(([source, name]) => [
            source,
            () => secret(name),
          ]),
        ),
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
