import type { Vendor } from "../vendor";
import { aws } from "./aws";
import { cloudamqp } from "./cloudamqp";
import { digitalocean } from "./digitalocean";
import { github } from "./github";
import { heroku } from "./heroku";
import { random } from "./random";
import { sentry } from "./sentry";
import { tls } from "./tls";

/**
 * Every vendor that the rehearsal cloud plays except Netlify, whose API is played behind our own
 * provider.
 */
export const vendors: readonly Vendor[] = [aws, cloudamqp, digitalocean, github, heroku, random, sentry, tls];
