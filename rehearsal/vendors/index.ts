import type { Vendor } from "../vendor";
import { aws } from "./aws";
import { cloudamqp } from "./cloudamqp";
import { github } from "./github";
import { heroku } from "./heroku";
import { random } from "./random";
import { sentry } from "./sentry";

/** Every vendor that the rehearsal cloud plays, but for Netlify, whose API is played below our own provider. */
export const vendors: readonly Vendor[] = [aws, cloudamqp, github, heroku, random, sentry];
