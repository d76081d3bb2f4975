import type { ApiSpec } from "../environment/schema/api";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { healthcheck, type Service, shell } from "./file";
import { PORTS } from "./values";

/** The parts that all services of the app share. */
export interface AppContext {
  /** Python version: `3.12` or `3.12.8`. */
  python: string;
  variables: Record<string, string>;
  /** The file of secrets, if the app has any. */
  secrets: string | undefined;
  /** Services that must be healthy before the app starts. */
  backing: readonly string[];
}

/**
 * The app as its platform runs it: packages, front end, migrations and one service per process
 * type, all running the code in this folder.
 */
export function appServices(
  api: ApiSpec,
  spec: EnvironmentSpec,
  context: AppContext,
): Record<string, Service> {
  const node = api.via === "heroku" && api.buildpacks.some((name) => name.includes("nodejs"));
  const steps: Record<string, Service> = {
    packages: packages(context),
    ...(node && { frontend: frontend() }),
  };
  const { migrations, staticFiles } = spec.release.api ?? {};
  if (staticFiles) {
    steps["static-files"] = {
      ...app(context),
      // Heroku's buildpack does this itself: https://devcenter.heroku.com/articles/django-assets
      command: shell(staticFiles.command ?? "python manage.py collectstatic --noinput"),
      depends_on: done(...Object.keys(steps)),
    };
  }
  if (migrations) {
    const migrate: Service = {
      ...app(context),
      command: shell(migrations.command),
      depends_on: { ...done(...Object.keys(steps)), ...healthy(context.backing) },
    };
    if (migrations.when === "by hand") steps.migrate = { ...migrate, profiles: ["by-hand"] };
    else steps.migrate = migrate;
  }
  const before = Object.keys(steps).filter((name) => steps[name]?.profiles === undefined);
  const processes = Object.entries(api.processes).map(([type, { quantity }]): [string, Service] => [
    // A process type may have the same name as one of the other services.
    type in steps || context.backing.includes(type) ? `process-${type}` : type,
    {
      ...app(context),
      // The command comes from the Procfile, as on the platform.
      command: shell(procfileLine(type)),
      depends_on: { ...done(...before), ...healthy(context.backing) },
      ...(type === "web" && {
        ports: [`127.0.0.1:${PORTS.api}:${PORTS.api}`],
        healthcheck: {
          ...healthcheck(
            "python",
            "-c",
            `import socket; socket.create_connection(("127.0.0.1", ${PORTS.api}), 3).close()`,
          ),
          start_period: "10s",
        },
      }),
      ...(quantity === 0 && { profiles: ["stopped"] }),
    },
  ]);
  return { ...steps, ...Object.fromEntries(processes) };
}

function procfileLine(type: string): string {
  return [
    `line=$(sed -n 's/^${type}:[[:space:]]*//p' Procfile)`,
    `if [ -z "$line" ]; then echo "the Procfile has no process type ${type}" >&2; exit 1; fi`,
    'exec bash -c "$line"',
  ].join("\n");
}

const CODE = ".:/app";
const PACKAGES = "packages:/venv";

function app({ python, variables, secrets }: AppContext): Service {
  return {
    image: `python:${python}`,
    init: true,
    working_dir: "/app",
    environment: {
      PATH: "/venv/bin:/usr/local/bin:/usr/bin:/bin",
      PYTHONUNBUFFERED: "1",
      PORT: String(PORTS.api),
      ...variables,
    },
    ...(secrets !== undefined && { env_file: [secrets] }),
    volumes: [CODE, PACKAGES],
  };
}

// The same lock files, in the same order of preference, as on the platforms.
function packages({ python }: AppContext): Service {
  const lines = [
    "python -m venv /venv",
    "if [ -f uv.lock ]; then",
    "  pip install --quiet uv && UV_PROJECT_ENVIRONMENT=/venv uv sync --locked --no-dev",
    "else",
    "  /venv/bin/pip install --requirement requirements.txt",
    "fi",
  ];
  return {
    image: `python:${python}`,
    working_dir: "/app",
    command: shell(lines.join("\n")),
    volumes: [CODE, PACKAGES],
  };
}

// What Heroku's buildpack runs: heroku-postbuild, else build.
// https://devcenter.heroku.com/articles/nodejs-support#customizing-the-build-process
function frontend(): Service {
  const lines = [
    "npm ci",
    "if npm pkg get scripts.heroku-postbuild | grep --quiet '^{}$'",
    "then npm run build --if-present",
    "else npm run heroku-postbuild",
    "fi",
  ];
  return { image: "node:lts", working_dir: "/app", command: shell(lines.join("\n")), volumes: [CODE] };
}

function done(...names: string[]): NonNullable<Service["depends_on"]> {
  return Object.fromEntries(names.map((name) => [name, { condition: "service_completed_successfully" }]));
}

function healthy(names: readonly string[]): NonNullable<Service["depends_on"]> {
  return Object.fromEntries(names.map((name) => [name, { condition: "service_healthy" }]));
}
