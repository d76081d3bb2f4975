import { z } from "zod";
import { digitalOceanRegions, dropletName, dropletSizes } from "../../vendors/digitalocean";
import { hostname } from "../common";
import { common, processTypes, pythonVersion, quantity } from "./common";

const process = z
  .strictObject({
    quantity: quantity.describe("How many run: of `web` the workers of gunicorn, of others the services."),
  })
  .describe("One process type of the Procfile.");

const limits = z
  .strictObject({
    requestSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(30)
      .describe("How long the app may work on a request; gunicorn and nginx are told the same."),
    stopSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(60)
      .describe(
        "How long a process may take to finish what it does when it is to end, such as a task of a worker.",
      ),
    uploadMegabytes: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe("How large the body of a request may be."),
  })
  .describe("How long and how large a request may be. Each deploy brings them.");

const percent = z.int().min(1).max(99);

const alerts = z
  .strictObject({
    emails: z
      .array(z.email())
      .min(1)
      .describe(
        "Who is told: verified addresses of members of the DigitalOcean team. The first is also given to Let's Encrypt.",
      ),
    cpu: percent.default(80).describe("Percent of the processor, over 5 minutes."),
    memory: percent.default(90).describe("Percent of the memory, over 5 minutes."),
    disk: percent.default(85).describe("Percent of the disk, over 5 minutes."),
  })
  .describe(
    "Who is told when the droplet is short of something or the API does not answer. Default: nobody.",
  );

/** The API application on a DigitalOcean droplet: gunicorn behind nginx. */
export const droplet = z
  .strictObject({
    via: z.literal("digitalocean").describe("On a DigitalOcean droplet: gunicorn behind nginx."),
    app: z
      .string()
      .regex(dropletName.pattern, dropletName.accepted)
      .describe("Name of the droplet and of all that belongs to it, such as myapp-dev."),
    region: z
      .enum(digitalOceanRegions)
      .default("fra1")
      .describe("DigitalOcean region; changing it replaces the droplet."),
    size: z
      .enum(dropletSizes)
      .default("s-1vcpu-1gb")
      .describe("Size of the droplet. https://slugs.do-api.dev"),
    generation: z
      .int()
      .min(1)
      .default(1)
      .describe(
        "Which droplet this is, counted from 1. One more replaces it by one that is set up anew: nothing else that the set-up depends on does.",
      ),
    python: pythonVersion.default("3.12").describe("Python of commits that have no .python-version file."),
    packages: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, "the name of an Ubuntu package"))
      .default([])
      .describe("Ubuntu packages that the app needs besides, for example libpq-dev."),
    administrators: z
      .array(
        z
          .string()
          .regex(
            /^(ssh-ed25519|sk-ssh-ed25519@openssh\.com|ecdsa-sha2-nistp\d{3}|ssh-rsa) [A-Za-z0-9+/]+=*( .*)?$/,
            "a public SSH key on one line, such as ssh-ed25519 AAAA…",
          ),
      )
      .default([])
      .describe("Public SSH keys of who may log in as `admin` and become root. Default: nobody logs in."),
    restartsAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM")
      .default("01:00")
      .describe("When the droplet restarts after a security update that needs it, as HH:MM in UTC."),
    backups: z
      .boolean()
      .optional()
      .describe("Whether DigitalOcean backs the droplet up every week. Default: as data.protected."),
    alerts: alerts.optional(),
    limits: limits.prefault({}),
    processes: processTypes(process).describe(
      "Process types that run, by the name that the Procfile gives them.",
    ),
    ...common,
    host: hostname.describe("Public host name of the API: a droplet has none of its own."),
  })
  .describe("The API application on a DigitalOcean droplet.");

export type DropletApiSpec = z.infer<typeof droplet>;
