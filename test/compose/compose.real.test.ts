import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { parse } from "yaml";
import { compose, composeText, SECRETS_FILE, secretsText } from "../../stagewright/compose/compose";
import type { ComposeFile, Service } from "../../stagewright/compose/file";
import { pythonOf } from "../../stagewright/compose/python";
import { refersToSecret } from "../../stagewright/environment/references";
import { type EnvironmentSpec, environment } from "../../stagewright/environment/schema/environment";
import { readProject, readStack } from "../../stagewright/project/project";
import { stagewright } from "../review/projects";
import { composeFault } from "../support/compose-loader";
import { ROOT, scratch } from "../support/projects";
import { allSystems } from "../support/systems";

/** What the specification's library says of a file; `undefined`: nothing. */
async function faultOf(file: ComposeFile, secrets: Record<string, string> = {}): Promise<string | undefined> {
  const dir = mkdtempSync(path.join(folder, "compose-"));
  writeFileSync(path.join(dir, "compose.yaml"), composeText(file, "a test"));
  writeFileSync(path.join(dir, SECRETS_FILE), secretsText(secrets));
  return composeFault(path.join(dir, "compose.yaml"));
}

const folder = scratch();

/** A Compose file as it is written and read again. */
function written(
  spec: EnvironmentSpec,
  python = "3.12",
): { file: ComposeFile; secrets: Record<string, string> } {
  const { file, secrets } = compose(spec, { name: "acme-test", python });
  return { file: parse(composeText(file, "a test")) as ComposeFile, secrets };
}

const stackOf = (dir: string, stack: string) => readStack(readProject(dir), stack).spec;
const service = ({ services }: ComposeFile, name: string): Service => {
  const found = services[name];
  assert.ok(found, `${name} among ${Object.keys(services)}`);
  return found;
};

for (const project of allSystems()) {
  for (const stack of project.stacks) {
    const { spec } = readStack(project, stack);
    const { api, database } = spec;
    if (!api) continue;
    const { file, secrets } = written(spec, "3.11.4");
    const what = `${project.name}/${stack}`;

    test(`${what}: the Compose specification's own library accepts it`, async () => {
      assert.equal(await faultOf(file, secrets), undefined);
    });

    test(`${what}: every process type is a service with the same Python and the Procfile's command`, () => {
      for (const type of Object.keys(api.processes)) {
        const { image, command } = service(file, type);
        assert.equal(image, "python:3.11.4");
        assert.match(command?.at(-1) ?? "", new RegExp(`s/\\^${type}:`));
      }
      assert.match(service(file, "packages").command?.at(-1) ?? "", /requirements\.txt/);
    });

    test(`${what}: Postgres has the same major version, and the app waits until it is healthy`, () => {
      assert.ok(database);
      const { image, healthcheck, volumes } = service(file, "database");
      assert.equal(image, `postgres:${database.version}`);
      assert.ok(healthcheck && volumes?.length === 1);
      const web = service(file, "web");
      assert.equal(web.depends_on?.database?.condition, "service_healthy");
      assert.match(web.environment?.DATABASE_URL ?? "", /@database:5432\//);
    });

    test(`${what}: the app has every variable, what is secret from a file of its own alone`, () => {
      const { environment: plain = {}, env_file: from } = service(file, "web");
      for (const [name, text] of Object.entries(api.variables)) {
        const mustHide = refersToSecret(text) && !text.includes("${bucket.");
        assert.equal(name in secrets, mustHide, name);
        assert.equal(name in plain, !mustHide, name);
        assert.ok(!(plain[name] ?? secrets[name])?.includes("${"), name);
      }
      for (const name of api.requires) assert.ok(plain[name] || secrets[name], `${name} is required`);
      assert.deepEqual(from, Object.keys(secrets).length > 0 ? [`./${SECRETS_FILE}`] : undefined);
    });

    test(`${what}: nothing is reached from another machine, and nothing waits for what is not there`, () => {
      for (const [name, { ports = [], depends_on: waits = {}, volumes = [] }] of Object.entries(
        file.services,
      )) {
        for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name);
        for (const [other, { condition }] of Object.entries(waits)) {
          assert.equal(service(file, other).healthcheck !== undefined, condition === "service_healthy", name);
        }
        for (const volume of volumes) {
          if (/^[a-z]/.test(volume)) assert.ok((volume.split(":")[0] ?? "") in file.volumes, volume);
        }
      }
    });
  }
}

test("dandi: broker and bucket as CloudAMQP and S3 have them, the GUI against the local API", () => {
  const { file } = written(stackOf(ROOT, "production"));
  assert.match(service(file, "broker").image, /^rabbitmq:4\./);
  assert.equal(service(file, "worker").environment?.CLOUDAMQP_URL, "amqp://guest:guest@broker:5672");
  assert.deepEqual(service(file, "bucket-made").command, ["mkdir", "-p", "/data/dandiarchive"]);
  const { environment: app = {} } = service(file, "worker");
  assert.equal(app.AWS_ENDPOINT_URL_S3, "http://bucket:7070");
  assert.equal(app.AWS_SECRET_ACCESS_KEY, service(file, "bucket").environment?.ROOT_SECRET_KEY);
  assert.equal(app.DJANGO_STORAGE_BUCKET_NAME, "dandiarchive");
  const built = service(file, "gui-built");
  assert.equal(built.environment?.VUE_APP_DANDI_API_ROOT, "http://localhost:8000/api/");
  assert.deepEqual(built.profiles, ["gui"]);
});

test("upendo: React is built, static files are collected and migrations run before the app", () => {
  const { file } = written(stackOf(path.join(ROOT, "systems/upendo"), "production"));
  assert.match(service(file, "frontend").command?.at(-1) ?? "", /npm run heroku-postbuild/);
  assert.match(service(file, "static-files").command?.at(-1) ?? "", /collectstatic/);
  assert.equal(service(file, "migrate").command?.at(-1), "python manage.py migrate");
  for (const step of ["packages", "frontend", "static-files", "migrate"]) {
    assert.equal(service(file, "web").depends_on?.[step]?.condition, "service_completed_successfully", step);
  }
});

/** An environment with the least, and with more. */
const spec = (more: object) =>
  environment.parse({
    name: "test",
    data: { protected: false },
    api: { via: "heroku", app: "some-app", repository: "acme/app", processes: { web: {} }, variables: {} },
    ...more,
  });

test("migrations by hand wait to be asked, a stopped process too", () => {
  const { file } = written(
    spec({
      api: {
        via: "heroku",
        app: "some-app",
        repository: "acme/app",
        processes: { web: {}, migrate: {}, clock: { quantity: 0 } },
      },
      release: {
        api: {
          tracks: "branch main",
          token: "t",
          migrations: { when: "by hand", command: "flask db upgrade" },
        },
      },
    }),
  );
  assert.deepEqual(service(file, "migrate").profiles, ["by-hand"]);
  assert.equal(service(file, "web").depends_on?.migrate, undefined);
  assert.deepEqual(service(file, "clock").profiles, ["stopped"]);
  assert.match(
    service(file, "process-migrate").command?.at(-1) ?? "",
    /\^migrate:/,
    "a type of the same name",
  );
});

test("LavinMQ where the plan is LavinMQ, and the data of Postgres 18 where its image keeps it", () => {
  const broker = { via: "cloudamqp", name: "b", region: "amazon-web-services::us-east-1", plan: "lemming" };
  const { file } = written(spec({ broker, database: { version: "18" } }));
  assert.match(service(file, "broker").image, /^cloudamqp\/lavinmq:/);
  assert.deepEqual(service(file, "database").volumes, ["database:/var/lib/postgresql"]);
});

test("a dollar sign of a shell line is no variable of Compose", () => {
  const { file } = written(spec({}));
  const text = JSON.stringify(service(file, "web").command);
  assert.ok(text.includes("$$line") && !/[^$]\$[^$]/.test(text), text);
});

test("the version of Python is the .python-version file's, else the environment's; both must not disagree", () => {
  const api = (python?: string) => {
    const { api: found } = spec({
      api: { via: "heroku", app: "some-app", repository: "acme/app", processes: { web: {} }, python },
    });
    assert.ok(found);
    return found;
  };
  const file = (text?: string) => ({ path: "app/.python-version", text });
  assert.equal(pythonOf(api("3.12"), file()), "3.12");
  assert.equal(pythonOf(api("3.12"), file("# ours\n3.12.8\n")), "3.12.8");
  assert.equal(pythonOf(api(), file("3.13\n")), "3.13");
  assert.throws(() => pythonOf(api("3.12"), file("3.13")), {
    message: "app/.python-version: is 3.13, but the environment's api.python is 3.12; accepted: the same",
  });
  assert.throws(() => pythonOf(api("3.1"), file("3.12")), /api\.python is 3\.1;/);
  assert.throws(() => pythonOf(api(), file("pypy3")), /is 'pypy3'; accepted: a version such as/);
  assert.throws(() => pythonOf(api(), file()), /does not exist, and the environment states no api\.python/);
});

test("the command writes the file, keeps what is in the secrets' file, and has Git ignore it", async () => {
  const dir = scratch();
  const out = path.join(dir, "compose.yaml");
  const secrets = path.join(dir, SECRETS_FILE);
  const call = () => stagewright("compose", "--stack", "production", "--dir", "systems/upendo", "--out", out);
  const { status, output } = await call();
  assert.equal(status, 0, output);
  assert.equal(await composeFault(out), undefined);
  assert.match(readFileSync(secrets, "utf8"), /^DJANGO_SECRET_KEY=local-djangoSecretKey$/m);
  assert.equal(statSync(secrets).mode & 0o777, 0o600);
  writeFileSync(secrets, "OTHER=1\nDJANGO_SECRET_KEY=mine\n");
  assert.equal((await call()).status, 0);
  assert.equal(readFileSync(secrets, "utf8"), "OTHER=1\nDJANGO_SECRET_KEY=mine\n");
  assert.equal(readFileSync(path.join(dir, ".gitignore"), "utf8"), `${SECRETS_FILE}\n`);

  writeFileSync(path.join(dir, ".python-version"), "3.9\n");
  const refused = await call();
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /\.python-version: is 3\.9, but the environment's api\.python is 3\.12/);
  assert.ok(existsSync(out));
});

test("the library is one that refuses what Compose does not know, and what waits for nothing", async () => {
  const { file } = written(spec({ database: {} }));
  const web = service(file, "web");
  const having = (services: Record<string, unknown>) => ({ ...file, services }) as ComposeFile;
  assert.match((await faultOf(having({ web: { ...web, imagee: "x" } }))) ?? "", /imagee/);
  assert.match((await faultOf(having({ web }))) ?? "", /depends on undefined service "(packages|database)"/);
});

test("a value that Compose's YAML could read as something else stands in quotes", () => {
  const odd = { DAY: "2001-01-01", CODE: "0777", LONG: "1_000", WORD: "yes" };
  const text = composeText(
    { name: "acme", services: { app: { image: "x", environment: odd } }, volumes: {} },
    "a test",
  );
  for (const [name, value] of Object.entries(odd)) assert.match(text, new RegExp(`${name}: "${value}"`));
});
