import { stringify } from "yaml";
import type { EnvironmentSpec } from "../environment/schema/environment";
import { appServices } from "./app";
import { type Backing, broker, bucket, database } from "./backing";
import type { ComposeFile } from "./file";
import { guiServices } from "./gui";
import { localVariables } from "./values";

/** The file of secrets beside the Compose file. Never commit it. */
export const SECRETS_FILE = "compose.secrets.env";

/** An environment that runs on a laptop. */
export interface Composed {
  file: ComposeFile;
  /** Placeholders of the secret variables, for `SECRETS_FILE`. Empty if there are none. */
  secrets: Record<string, string>;
}

/**
 * Builds the Compose file of an environment: the same versions, process types and variables, with
 * local services instead of the vendors' and local values instead of references.
 * @param name of the Compose project
 * @param python version of the app's Python
 */
export function compose(spec: EnvironmentSpec, { name, python }: { name: string; python: string }): Composed {
  const { api, gui } = spec;
  const backing: Backing[] = [
    ...(spec.database ? [database(spec.database)] : []),
    ...(spec.broker ? [broker(spec.broker)] : []),
    ...(spec.bucket ? [bucket(spec.bucket, spec.accounts[spec.bucket.account]?.region ?? "us-east-1")] : []),
  ];
  const { plain, secret } = localVariables(api?.variables ?? {}, spec);
  const around = Object.assign({}, ...backing.map(({ services }) => services)) as ComposeFile["services"];
  const services: ComposeFile["services"] = {
    ...around,
    ...(api &&
      appServices(api, spec, {
        python,
        variables: Object.assign({}, plain, ...backing.map(({ variables }) => variables)),
        secrets: Object.keys(secret).length > 0 ? `./${SECRETS_FILE}` : undefined,
        backing: Object.keys(around).filter((service) => around[service]?.healthcheck),
      })),
    ...(gui && guiServices(gui, spec)),
  };
  return { file: { name, services, volumes: namedVolumes(services) }, secrets: secret };
}

// A volume that is not a path on this machine must be declared.
function namedVolumes(services: ComposeFile["services"]): ComposeFile["volumes"] {
  const sources = Object.values(services).flatMap(({ volumes = [] }) =>
    volumes.map((volume) => volume.split(":")[0] ?? ""),
  );
  return Object.fromEntries(sources.filter((source) => /^[a-z]/.test(source)).map((source) => [source, {}]));
}

/** Formats a Compose file as text. */
export function composeText(file: ComposeFile, origin: string): string {
  const head = [
    `Written by Stagewright from ${origin}: the same versions, process types and variables.`,
    "`docker compose up` in a checkout of the app; `--profile gui` for the GUI too, `--profile by-hand run migrate` for migrations by hand.",
  ];
  return `${head.map((line) => `# ${line}\n`).join("")}${stringify(file, { lineWidth: 0, version: "1.1", aliasDuplicateObjects: false })}`;
}

/** Formats the file of secrets as text. */
export function secretsText(secrets: Readonly<Record<string, string>>): string {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  return `# What is secret. Put your own values here, and this file in no repository.\n${lines.join("")}`;
}
