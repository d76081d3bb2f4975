import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { environmentProgram } from "../../components/program";
import type { Tree } from "../../stagewright/environment/merge";
import { Environments } from "../../stagewright/ephemeral/environments";
import type { Request } from "../../stagewright/ephemeral/request";
import { RehearsedStacks } from "../../stagewright/ephemeral/stacks/rehearsed";
import { type Project, readProject, readStack, type StackFiles } from "../../stagewright/project/project";
import { Rehearsal, type RehearsalOptions } from "../../stagewright/rehearsal/run";
import { CloudStore, type Thing } from "../../stagewright/rehearsal/store";
import { ROOT } from "../support/root";

/** A system that is quick to make: an app with one process and a database. */
const MINI = {
  name: "production",
  data: { protected: true },
  api: {
    via: "heroku",
    app: "mini-api",
    repository: "mini/api",
    processes: { web: { size: "standard-1x", quantity: 2 } },
    variables: { SECRET: "${generated.secret}" },
    requires: ["DATABASE_URL"],
  },
  database: { plan: "standard-0", version: "16" },
};

/** A request with nothing special in it. */
export function request(name: string, asked: Partial<Request> = {}): Request {
  return { name, follow: false, database: "empty", broker: "own", bucket: "own", set: {}, ...asked };
}

/** That system in a folder, with a rehearsal cloud and a clock of its own. */
export class Mini {
  readonly cloud: string;
  readonly project: Project;
  /** What the clock shows. */
  now = new Date();

  constructor(dir: string, environment: Tree = {}, differs: Tree = {}) {
    mkdirSync(path.join(dir, "system"), { recursive: true });
    const base = { "mini:environment": { value: { ...MINI, ...environment } } };
    const staging = {
      name: "staging",
      data: { protected: false },
      api: { app: "mini-api-staging" },
      ...differs,
    };
    const write = (file: string, tree: Tree) =>
      writeFileSync(path.join(dir, "system", file), stringify(tree));
    const program = path.join(ROOT, "components/program");
    writeFileSync(
      path.join(dir, "system", "index.ts"),
      `module.exports = require(${JSON.stringify(program)}).environmentProgram;\n`,
    );
    write("Pulumi.yaml", { name: "mini", runtime: "nodejs", config: base });
    write("Pulumi.staging.yaml", { config: { "mini:differs": staging } });
    this.project = readProject(path.join(dir, "system"));
    this.cloud = path.join(dir, "cloud.db");
  }

  get like(): StackFiles {
    return readStack(this.project, "staging");
  }

  /** Its ephemeral environments, as somebody sees them. */
  environments(user = "anton", options: Omit<RehearsalOptions, "cloud"> = {}): Environments {
    const stacks = new RehearsedStacks(this.project, { cloud: this.cloud, ...options });
    return new Environments({ stacks, program: environmentProgram, user, now: () => this.now });
  }

  /** Makes the long-lived stack. */
  async staging(): Promise<void> {
    const rehearsal = new Rehearsal(this.project, { cloud: this.cloud, program: environmentProgram });
    const { ok, errors } = await rehearsal.run(this.like, "up");
    if (!ok) throw new Error(errors.join("\n"));
  }

  /** Everything that the cloud holds. */
  things(): Thing[] {
    const store = new CloudStore(this.cloud);
    try {
      return store.all();
    } finally {
      store.close();
    }
  }

  /** The names of all apps in the cloud, in order. */
  apps(): string[] {
    return this.things()
      .filter(({ type }) => type === "heroku:app/app:App")
      .map(({ name }) => name)
      .sort();
  }

  wait(hours: number): void {
    this.now = new Date(this.now.getTime() + hours * 3_600_000);
  }
}
