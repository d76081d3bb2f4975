import { z } from "zod";
import { droplet } from "./api/droplet";
import { heroku } from "./api/heroku";

export type { DropletApiSpec } from "./api/droplet";
export type { HerokuApiSpec } from "./api/heroku";

/** The API application, on either platform. */
export const api = z.discriminatedUnion("via", [heroku, droplet]).describe("The API application.");

export type ApiSpec = z.infer<typeof api>;

/** The platform of an API: its `via`. */
export type Platform = ApiSpec["via"];
