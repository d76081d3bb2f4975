import type { BrokerSpec } from "../environment/schema/broker";
import type { BucketSpec } from "../environment/schema/bucket";
import type { DatabaseSpec } from "../environment/schema/database";
import { cloudamqpBackend, cloudamqpVersions } from "../environment/vendors/cloudamqp";
import { healthcheck, type Service } from "./file";

/**
 * The services that the app reaches, by name, and the variables that hold their addresses.
 */
export interface Backing {
  services: Record<string, Service>;
  variables: Record<string, string>;
}

// Only services in the same file can reach these, so one user of this name is enough for each.
const LOCAL = "local";

/** Postgres with the same major version. */
export function database({ version }: Pick<DatabaseSpec, "version">): Backing {
  // Since 18 the image keeps a folder for each major version:
  // https://github.com/docker-library/postgres/pull/1259
  const data = Number(version) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
  return {
    services: {
      database: {
        image: `postgres:${version}`,
        environment: { POSTGRES_USER: LOCAL, POSTGRES_PASSWORD: LOCAL, POSTGRES_DB: LOCAL },
        volumes: [`database:${data}`],
        healthcheck: healthcheck("pg_isready", "--username", LOCAL, "--dbname", LOCAL),
      },
    },
    variables: { DATABASE_URL: `postgres://${LOCAL}:${LOCAL}@database:5432/${LOCAL}` },
  };
}

/** The software and version that CloudAMQP runs on that plan. */
export function broker(spec: BrokerSpec): Backing {
  // All add-on plans run RabbitMQ.
  const backend = spec.via === "cloudamqp" ? cloudamqpBackend(spec.plan) : "rabbitmq";
  return {
    services: { broker: BROKERS[backend] },
    variables: { CLOUDAMQP_URL: "amqp://guest:guest@broker:5672" },
  };
}

// Both images have the user `guest`; RabbitMQ's accepts it from any host, LavinMQ's only from
// localhost.
const BROKERS: Readonly<Record<keyof typeof cloudamqpVersions, Service>> = {
  rabbitmq: {
    image: `rabbitmq:${cloudamqpVersions.rabbitmq}`,
    hostname: "broker", // RabbitMQ stores its data under its host name
    volumes: ["broker:/var/lib/rabbitmq"],
    healthcheck: healthcheck("rabbitmq-diagnostics", "--quiet", "ping"),
  },
  lavinmq: {
    image: `cloudamqp/lavinmq:${cloudamqpVersions.lavinmq}`,
    command: ["--guest-only-loopback=false"],
    volumes: ["broker:/var/lib/lavinmq"],
    healthcheck: healthcheck("lavinmqctl", "status"),
  },
};

/**
 * The access key of the local object storage, in the form that a reference to the bucket returns.
 */
export const BUCKET_KEY = { id: "local", secret: "local-secret" } as const;

/**
 * An S3 server that holds the bucket: Versity's gateway, which serves each folder as a bucket.
 * (MinIO's images are no longer published.) https://github.com/versity/versitygw/wiki/Docker
 */
export function bucket({ name }: BucketSpec, region: string): Backing {
  return {
    services: {
      "bucket-made": {
        image: "busybox:1.37",
        command: ["mkdir", "-p", `/data/${name}`],
        volumes: ["bucket:/data"],
      },
      bucket: {
        image: "versity/versitygw:v1.8.0",
        environment: {
          ROOT_ACCESS_KEY: BUCKET_KEY.id,
          ROOT_SECRET_KEY: BUCKET_KEY.secret,
          VGW_BACKEND: "posix",
          VGW_BACKEND_ARG: "/data",
          VGW_REGION: region,
          VGW_HEALTH: "/health",
        },
        volumes: ["bucket:/data"],
        ports: ["127.0.0.1:7070:7070"],
        depends_on: { "bucket-made": { condition: "service_completed_successfully" } },
        healthcheck: healthcheck("wget", "--quiet", "--output-document=-", "http://127.0.0.1:7070/health"),
      },
    },
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    variables: { AWS_ENDPOINT_URL_S3: "http://bucket:7070" },
  };
}
