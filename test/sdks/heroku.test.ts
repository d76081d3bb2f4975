import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, test } from "vitest";
import * as heroku from "../../sdks/heroku";
import { App } from "../../sdks/heroku/app/app";
import packageJson from "../../sdks/heroku/package.json";
import { facts, type ResourceFacts } from "./heroku-facts";

const VERSION = "1.0.4";
const SERVER = "github://api.github.com/pulumiverse";

/** A resource class of the SDK, seen without its types, as the wire does. */
interface ResourceClass {
  readonly __pulumiType: string;
  new (
    name: string,
    args: Record<string, unknown> | undefined,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource;
  get(name: string, id: string, state: Record<string, unknown>): pulumi.CustomResource;
  isInstance(obj: unknown): boolean;
}

/** The part of the two requests that the monitor gets which they have in common. */
interface Request {
  getType(): string;
  getName(): string;
  getVersion(): string;
  getPlugindownloadurl(): string;
  getAdditionalsecretoutputsList(): string[];
}
type RegisterRequest = Request & { getObject(): Struct };
type ReadRequest = Request & { getId(): string; getProperties(): Struct };
type Struct = Parameters<typeof pulumi.runtime.deserializeProperties>[0];
type Call<R> = (request: R, callback: unknown) => unknown;

const registered = new Map<string, RegisterRequest>();
const read = new Map<string, ReadRequest>();

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs, id }) => ({
      id: id || `${name}-id`,
      state: { ...inputs, ...sample(facts[type]?.computed ?? []) },
    }),
    call: ({ inputs }) => inputs,
  });
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: Call<RegisterRequest>;
    readResource: Call<ReadRequest>;
  };
  monitor.registerResource = recorded(registered, monitor.registerResource.bind(monitor));
  monitor.readResource = recorded(read, monitor.readResource.bind(monitor));
});

function recorded<R extends Request>(into: Map<string, R>, call: Call<R>): Call<R> {
  return (request, callback) => {
    into.set(request.getName(), request);
    return call(request, callback);
  };
}

/** One recognisable value for each property. */
function sample(names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, `the ${name}`]));
}

function inputsOf(fact: ResourceFacts): string[] {
  return [...fact.required, ...fact.optional];
}

/** How properties look on the wire when those that must be secret are. */
function onTheWire(names: string[], secret: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(sample(names)).map(([name, value]) => [
      name,
      secret.includes(name)
        ? { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value }
        : value,
    ]),
  );
}

function promiseOf(output: unknown): Promise<unknown> {
  assert.ok(pulumi.Output.isInstance(output));
  return new Promise((resolve) => output.apply(resolve));
}

/** The message that Pulumi sends to its provider for a resource, by resource name. */
async function requestOf<R>(requests: Map<string, R>, resource: pulumi.Resource, name: string): Promise<R> {
  await promiseOf(resource.urn);
  const request = requests.get(name);
  assert.ok(request);
  return request;
}

function isResourceClass(value: unknown): value is ResourceClass {
  return typeof value === "function" && "__pulumiType" in value;
}

/**
 * Every resource class the package exports, by the type token that its module and name stand for.
 */
const classes = new Map<string, ResourceClass>(
  Object.entries(heroku).flatMap(([moduleName, exported]) =>
    Object.entries(exported)
      .filter((entry): entry is [string, ResourceClass] => isResourceClass(entry[1]))
      .map(([className, Class]) => {
        const fileName = className.charAt(0).toLowerCase() + className.slice(1);
        return [`heroku:${moduleName}/${fileName}:${className}`, Class];
      }),
  ),
);

test("the package exports a class for each declared type, and no other", () => {
  assert.deepEqual([...classes.keys()].sort(), Object.keys(facts).sort());
  for (const [type, Class] of classes) assert.equal(Class.__pulumiType, type);
});

for (const [type, fact] of Object.entries(facts)) {
  const name = `example ${type}`;
  const classOf = (): ResourceClass => classes.get(type) ?? assert.fail(`no class for ${type}`);

  test(`${type}: what reaches the engine`, async () => {
    const resource = new (classOf())(name, { ...sample(inputsOf(fact)), misspelt: "value" });
    const request = await requestOf(registered, resource, name);
    assert.equal(request.getType(), type);
    assert.equal(request.getVersion(), VERSION);
    assert.equal(request.getPlugindownloadurl(), SERVER);
    assert.deepEqual(
      pulumi.runtime.deserializeProperties(request.getObject()),
      onTheWire(inputsOf(fact), fact.secret),
    );
    assert.deepEqual(request.getAdditionalsecretoutputsList().sort(), fact.secret);
  });

  test(`${type}: every output is a field with the value from the engine`, async () => {
    const resource = new (classOf())(`outputs of ${type}`, sample(inputsOf(fact)));
    const fields = new Map<string, unknown>(Object.entries(resource));
    for (const output of [...inputsOf(fact), ...fact.computed]) {
      assert.equal(await promiseOf(fields.get(output)), `the ${output}`, output);
    }
  });

  test(`${type}: each required argument is asked for`, () => {
    for (const required of fact.required) {
      const args = { ...sample(inputsOf(fact)), [required]: undefined };
      assert.throws(() => new (classOf())(name, args), {
        message: `Missing required property '${required}'`,
      });
    }
  });

  test(`${type}: optional arguments may be left out`, async () => {
    const bare = `bare ${type}`;
    const resource = new (classOf())(bare, sample(fact.required));
    const request = await requestOf(registered, resource, bare);
    assert.deepEqual(
      pulumi.runtime.deserializeProperties(request.getObject()),
      onTheWire(fact.required, fact.secret),
    );
  });

  test(`${type}: get reads an existing resource with the state it is given`, async () => {
    const state = sample([...inputsOf(fact), ...fact.computed]);
    const resource = classOf().get(`existing ${type}`, "existing-id", state);
    const request = await requestOf(read, resource, `existing ${type}`);
    assert.equal(request.getType(), type);
    assert.equal(request.getId(), "existing-id");
    assert.equal(request.getVersion(), VERSION);
    assert.equal(request.getPlugindownloadurl(), SERVER);
    assert.deepEqual(pulumi.runtime.deserializeProperties(request.getProperties()), state);
    assert.deepEqual(request.getAdditionalsecretoutputsList().sort(), fact.secret);
  });

  test(`${type}: isInstance tells the class from all others`, () => {
    const resource = new (classOf())(`instance of ${type}`, sample(inputsOf(fact)));
    const claiming = [...classes].filter(([, Class]) => Class.isInstance(resource)).map(([token]) => token);
    assert.deepEqual(claiming, [type]);
    for (const other of [undefined, null, "text", {}]) assert.equal(classOf().isInstance(other), false);
  });

  test(`${type}: a reference becomes an object of the class`, async () => {
    const original = new (classOf())(`referenced ${type}`, sample(inputsOf(fact)));
    const urn = String(await promiseOf(original.urn));
    const registeredModule = pulumi.runtime.getResourceModule("heroku", type.split(":")[1] ?? "", VERSION);
    assert.ok(registeredModule);
    const referenced = registeredModule.construct("referenced", type, urn);
    assert.ok(referenced instanceof classOf());
    assert.equal(await promiseOf(referenced.urn), urn);
    assert.throws(() => registeredModule.construct("referenced", "heroku:no/such:Type", urn), {
      message: "unknown resource type heroku:no/such:Type",
    });
  });
}

test("the provider keeps credentials secret and sends nested settings as JSON", async () => {
  const provider = new heroku.Provider("account", {
    apiKey: "token",
    email: "ops@example.com",
    url: "http://127.0.0.1:1",
    headers: "{}",
    customizations: [{ setAppAllConfigVarsInState: false, setAddonConfigVarsInState: false }],
    delays: { postAppCreateDelay: 0, postDomainCreateDelay: 1, postSpaceCreateDelay: 2 },
    timeouts: { addonCreateTimeout: 30 },
  });
  const request = await requestOf(registered, provider, "account");
  const secret = (value: string) => ({
    [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
    value,
  });
  assert.equal(request.getType(), "pulumi:providers:heroku");
  assert.equal(request.getVersion(), VERSION);
  assert.equal(request.getPlugindownloadurl(), SERVER);
  assert.deepEqual(request.getAdditionalsecretoutputsList().sort(), ["apiKey", "email"]);
  assert.deepEqual(pulumi.runtime.deserializeProperties(request.getObject()), {
    apiKey: secret("token"),
    email: secret("ops@example.com"),
    url: "http://127.0.0.1:1",
    headers: "{}",
    customizations: '[{"setAppAllConfigVarsInState":false,"setAddonConfigVarsInState":false}]',
    delays: '{"postAppCreateDelay":0,"postDomainCreateDelay":1,"postSpaceCreateDelay":2}',
    timeouts: '{"addonCreateTimeout":30}',
  });
  assert.ok(heroku.Provider.isInstance(provider));
  assert.equal(heroku.app.App.isInstance(provider), false);
});

test("a provider without arguments sends no settings, so that the plugin's own defaults hold", async () => {
  const request = await requestOf(registered, new heroku.Provider("bare account"), "bare account");
  assert.deepEqual(pulumi.runtime.deserializeProperties(request.getObject()), {});
});

test("options given by the program win over the package's defaults and add to its secrets", async () => {
  const app = new heroku.app.App(
    "own options",
    { region: "eu" },
    { version: "1.0.3", additionalSecretOutputs: ["webUrl"] },
  );
  const request = await requestOf(registered, app, "own options");
  assert.equal(request.getVersion(), "1.0.3");
  assert.equal(request.getPlugindownloadurl(), SERVER);
  assert.deepEqual(request.getAdditionalsecretoutputsList().sort(), [
    "allConfigVars",
    "sensitiveConfigVars",
    "webUrl",
  ]);
});

test("a resource's outputs are inputs of the next, as the types say", async () => {
  const app = new heroku.app.App("api", {
    name: "api",
    region: "eu",
    sensitiveConfigVars: { KEY: "s3cret" },
  });
  const formation = new heroku.formation.Formation("web", {
    appId: app.id,
    type: "web",
    size: "basic",
    quantity: 1,
  });
  assert.equal(await promiseOf(formation.appId), "api-id");
  assert.equal(await promiseOf(formation.quantity), 1);
  assert.equal(await pulumi.isSecret(app.sensitiveConfigVars), true);
});

test("a class imported by its file is the class of the package", () => {
  assert.equal(App, heroku.app.App);
});

test("package.json names the package, its plugin and where that is downloaded", () => {
  assert.equal(packageJson.name, "@pulumiverse/heroku");
  assert.equal(packageJson.version, VERSION);
  assert.deepEqual(packageJson.pulumi, { resource: true, name: "heroku", version: VERSION, server: SERVER });
});

interface PackageSchema {
  version: string;
  resources: Record<string, ResourceSchema>;
}
interface ResourceSchema {
  inputProperties: Record<string, PropertySchema>;
  properties: Record<string, PropertySchema>;
  requiredInputs?: string[];
}
interface PropertySchema {
  secret?: boolean;
}

function factsIn(schema: ResourceSchema): ResourceFacts {
  const { inputProperties, properties, requiredInputs = [] } = schema;
  const secret = [...Object.entries(inputProperties), ...Object.entries(properties)]
    .filter(([, property]) => property.secret)
    .map(([name]) => name);
  return {
    required: [...requiredInputs].sort(),
    optional: Object.keys(inputProperties)
      .filter((name) => !requiredInputs.includes(name))
      .sort(),
    computed: Object.keys(properties)
      .filter((name) => !(name in inputProperties))
      .sort(),
    secret: [...new Set(secret)].sort(),
  };
}

// The schemas lie beside the project, not in it: a clone elsewhere is checked against the committed
// facts alone.
const schemaFile = path.resolve(__dirname, "../../../shared/schemas/heroku.json");
if (existsSync(schemaFile)) {
  test("the committed facts are those of the package's schema", () => {
    const schema: PackageSchema = JSON.parse(readFileSync(schemaFile, "utf8"));
    assert.equal(schema.version, VERSION);
    for (const [type, fact] of Object.entries(facts)) {
      const resource = schema.resources[type];
      assert.ok(resource, `${type} is not in the schema`);
      assert.deepEqual(fact, factsIn(resource), type);
      const notAnOutput = inputsOf(fact).filter((name) => !(name in resource.properties));
      assert.deepEqual(notAnOutput, [], type);
    }
  });
}
