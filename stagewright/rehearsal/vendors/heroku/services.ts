import { cloudamqpAddonPlans, postgresPlans } from "../../../environment/vendors/heroku";
import { digits } from "../../vendor";

/** A service of Heroku's add-on marketplace. */
export interface Service {
  plans: readonly string[];
  /** The attachment name of an app's first add-on, and the stem of later ones. */
  first: string;
  stem: string;
  /**
   * The config vars of an attachment, by the suffix of their names; `seed` makes two add-ons
   * differ.
   */
  values(seed: string): Record<string, string>;
}

/** The services that the rehearsal cloud sells. */
export const services: Readonly<Record<string, Service>> = {
  // https://devcenter.heroku.com/articles/heroku-postgresql
  "heroku-postgresql": {
    plans: postgresPlans,
    first: "DATABASE",
    stem: "HEROKU_POSTGRESQL",
    values: (seed) => ({
      URL: `postgres://u${digits(13, "user", seed)}:p${digits(64, "password", seed)}@c${digits(13, "host", seed)}.cluster-${digits(12, "cluster", seed)}.us-east-1.rds.amazonaws.com:5432/d${digits(13, "database", seed)}`,
    }),
  },
  // https://devcenter.heroku.com/articles/cloudamqp
  cloudamqp: {
    plans: cloudamqpAddonPlans,
    first: "CLOUDAMQP",
    stem: "CLOUDAMQP",
    values(seed) {
      const user = digits(8, "user", seed);
      return {
        APIKEY: digits(32, "apikey", seed),
        URL: `amqps://${user}:${digits(32, "password", seed)}@${host(seed)}/${user}`,
      };
    },
  },
};

// https://devcenter.heroku.com/articles/heroku-postgresql: a color distinguishes the databases of
// an app.
const COLORS = [
  "AMBER",
  "AQUA",
  "BLACK",
  "BLUE",
  "BRONZE",
  "CHARCOAL",
  "COBALT",
  "COPPER",
  "CRIMSON",
  "CYAN",
  "GOLD",
  "GRAY",
  "GREEN",
  "IVORY",
  "JADE",
  "MAROON",
  "NAVY",
  "OLIVE",
  "ONYX",
  "ORANGE",
  "PINK",
  "PURPLE",
  "RED",
  "ROSE",
  "SILVER",
  "TEAL",
  "VIOLET",
  "WHITE",
  "YELLOW",
] as const;

/**
 * Returns the automatic attachment name of an add-on: the service's first, else one with a free
 * color.
 */
export function attachmentName(service: Service, seed: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(service.first)) return service.first;
  const start = Number.parseInt(digits(6, "color", seed), 16);
  for (let tried = 0; tried < COLORS.length; tried++) {
    const name = `${service.stem}_${COLORS[(start + tried) % COLORS.length]}`;
    if (!isTaken(name)) return name;
  }
  return `${service.stem}_${digits(6, "color", seed).toUpperCase()}`;
}

function host(seed: string): string {
  const animals = ["beaver", "crow", "duck", "fish", "gull", "hawk", "moose", "rat", "shark", "toad"];
  const animal = animals[Number.parseInt(digits(4, "server", seed), 16) % animals.length];
  return `${animal}.rmq.cloudamqp.com`;
}
