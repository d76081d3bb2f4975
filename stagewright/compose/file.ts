/**
 * The part of the Compose specification that we write.
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
  /** A list runs as written, without a shell; `$` is escaped as `$$`. */
  command?: string[];
  working_dir?: string;
  init?: boolean;
  environment?: Record<string, string>;
  env_file?: string[];
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: Condition }>;
  healthcheck?: Healthcheck;
  /** The service starts only if one of these profiles is requested. */
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

/** Builds a healthcheck that gives a service two minutes to pass. */
export function healthcheck(...test: string[]): Healthcheck {
  return { test: ["CMD", ...test], interval: "5s", timeout: "5s", retries: 24 };
}

/** Escapes a shell command so that Compose does not interpolate `$`. */
export function shell(line: string): string[] {
  return ["bash", "-euo", "pipefail", "-c", line.replaceAll("$", "$$$$")];
}
