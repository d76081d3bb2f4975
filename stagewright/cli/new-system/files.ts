import { Document, stringify } from "yaml";
import { costOfSpec } from "../../cost/cost";
import type { Tree } from "../../environment/merge";
import { resolveSpec } from "../../project/validate";
import type { Answers } from "./answers";

/**
 * Returns the files of a new system by name: a production, and a staging that differs from it as
 * little as possible.
 */
export function systemFiles(answers: Answers, program: string): Record<string, string> {
  const { name } = answers;
  const environment = production(answers);
  const differs = staging(answers);
  // The initial cost becomes the budget, so that every increase is a deliberate edit.
  const budget = (own: Tree) => ({
    monthly: costOfSpec(resolveSpec(environment, own, { project: name, stack: "production" })).total,
  });
  return {
    "Pulumi.yaml": project(name, { ...environment, budget: budget({}) }),
    "Pulumi.production.yaml": stack(
      name,
      {},
      "Production is the environment of Pulumi.yaml itself: nothing differs.",
    ),
    "Pulumi.staging.yaml": stack(
      name,
      { ...differs, budget: budget(differs) },
      "How staging differs. Everything that is not said here is as in production.",
    ),
    "index.ts": `import { environmentProgram } from "${program}";\n\nexport = environmentProgram;\n`,
  };
}

function production({ name, repository, via, branch, host }: Answers): Tree {
  const onHeroku = via === "heroku";
  return {
    name: "production",
    data: { protected: true },
    common: ["api.repository", ...(host === undefined ? [] : ["dns"])],
    ...(host !== undefined && { dns: { via: "digitalocean", zone: zoneOf(host) } }),
    api: {
      via,
      app: `${name}-production`,
      ...(host !== undefined && { host }),
      repository,
      processes: { web: {} },
      variables: {
        ENVIRONMENT: "${environment.name}",
        SECRET_KEY: "${generated.secretKey}",
      },
      requires: ["DATABASE_URL", "SECRET_KEY"],
    },
    database: {},
    release: {
      api: {
        tracks: `releases on ${branch}`,
        ...(onHeroku && { token: "herokuDeployToken" }),
        migrations: {
          when: onHeroku ? "in release" : "before release",
          command: "python manage.py migrate --noinput",
        },
      },
    },
  };
}

function staging({ name, via, branch, host }: Answers): Tree {
  return {
    name: "staging",
    data: { protected: false },
    api: {
      app: `${name}-staging`,
      ...(host !== undefined && { host: stagingHost(host) }),
      ...(via === "heroku" && { processes: { web: { size: "basic" } } }),
    },
    release: { api: { tracks: `branch ${branch}` } },
  };
}

// `api.example.org` is in the zone `example.org`; a name of two labels is a zone itself.
function zoneOf(host: string): string {
  const labels = host.split(".");
  return labels.length > 2 ? labels.slice(1).join(".") : host;
}

function stagingHost(host: string): string {
  const zone = zoneOf(host);
  return host === zone ? `staging.${host}` : `${host.split(".")[0]}-staging.${zone}`;
}

function project(name: string, environment: Tree): string {
  const document = new Document({
    name,
    description: `The environments of ${name}`,
    runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--import tsx" } },
    main: "index.ts",
    // The next `pulumi up` reverts every change made by hand at a vendor.
    options: { refresh: "always" },
    config: { [`${name}:environment`]: { value: environment } },
  });
  document.commentBefore =
    " What every environment of the system is. A stack's differences are merged into it (RFC 7396): docs/spec.md";
  return document.toString({ lineWidth: 0 });
}

function stack(name: string, differs: Tree, comment: string): string {
  return `# ${comment}\n${stringify({ config: { [`${name}:differs`]: differs } }, { lineWidth: 0 })}`;
}
