/**
 * The part of the Compose specification that is written here.
 * https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */
export interface ComposeFile {
  name: string;
  services: Record<string, Service>;
  volumes: Record<string, Record<string, never>>;
}

export interface Service {
  image: string;
  hostname?: string;
  /** A list is run as it stands; `$` is written `$$`. */
  command?: string[];
  working_dir?: string;
  init?: boolean;
  environment?: Record<string, string>;
  env_file?: string[];
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: Condition }>;
  healthcheck?: Healthcheck;
  /** It is started only where one of these is asked for. */
  profiles?: string[];
}

type Condition = "service_healthy" | "service_completed_successfully";

interface Healthcheck {
  test: string[];
  interval: string;
  timeout: string;
  retries: number;
  start_period?: string;
}

/** A healthcheck that a service passes within two minutes. */
export function healthcheck(...test: string[]): Healthcheck {
  return { test: ["CMD", ...test], interval: "5s", timeout: "5s", retries: 24 };
}

/** A line for a shell, where Compose is not to put anything in the place of `$`. */
export function shell(line: string): string[] {
  return ["bash", "-euo", "pipefail", "-c", line.replaceAll("$", "$$$$")];
}
