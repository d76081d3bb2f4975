import * as pulumi from "@pulumi/pulumi";
import { isTree, type Tree } from "../stagewright/environment/merge";
import { ConfigError } from "../stagewright/environment/problems";
import { requiredSecrets } from "../stagewright/environment/references";
import type { EnvironmentSpec } from "../stagewright/environment/schema/environment";
import { checkBesideOthers } from "../stagewright/project/system";
import { resolveSpec } from "../stagewright/project/validate";
import { migrateLocally } from "../stagewright/release/locally";
import { Environment } from "./environment";

/**
 * The program of every system: reads the environment from the Pulumi config
 * (`<project>:environment`, `<project>:differs` and the secrets that they name) and makes it.
 * `index.ts` exports it.
 */
export function environmentProgram(): Tree {
  try {
    const config = new pulumi.Config();
    const spec = readSpec(config);
    // Unset where the program runs inside of a command of ours, which has checked the system
    // already.
    const dir = pulumi.getRootDirectory();
    if (dir !== "") checkBesideOthers(dir, config.name, pulumi.getStack());
    requireSecrets(config, spec);
    const environment = new Environment("environment", {
      system: config.name,
      spec,
      secret: (name) => config.requireSecret(name),
    });
    const { apiUrl, guiUrl, bucketName } = environment;
    const migrateCommand = migrateLocally(spec);
    return Object.fromEntries(
      Object.entries({ apiUrl, guiUrl, bucketName, migrateCommand }).filter(
        ([, value]) => value !== undefined,
      ),
    );
  } catch (error) {
    if (error instanceof ConfigError) throw mistake(error);
    throw error;
  }
}

// A mistake in the configuration is the user's: the engine shows the sentences and no stack trace.
// The SDK formats one all the same, and Node 20 is busy for many seconds with the paths in it that
// the SDK's source maps give.
function mistake({ message }: ConfigError): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: message });
}

function readSpec(config: pulumi.Config): EnvironmentSpec {
  return resolveSpec(mapAt(config, "environment"), mapAt(config, "differs"), {
    project: config.name,
    stack: pulumi.getStack(),
  });
}

function mapAt(config: pulumi.Config, key: string): unknown {
  const text = config.get(key);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isTree(value) ? value : text;
  } catch {
    return text;
  }
}

function requireSecrets(config: pulumi.Config, spec: EnvironmentSpec): void {
  const missing = requiredSecrets(spec).filter((name) => config.getSecret(name) === undefined);
  if (missing.length === 0) return;
  throw new ConfigError(
    missing.map((name) => ({
      file: `Pulumi.${pulumi.getStack()}.yaml`,
      key: `${config.name}:${name}`,
      says: `is missing; set it by \`pulumi config set --secret ${name} --stack ${pulumi.getStack()}\``,
    })),
  );
}
