import type { Platform } from "../../environment/schema/api";
import type { Target } from "../target";
import type { Way } from "../ways";
import { droplet } from "./droplet";
import { heroku } from "./heroku";
import { netlify } from "./netlify";
import type { Vendor } from "./vendor";

const PLATFORMS: Record<Platform, (target: Target, commit: string, way: Way) => Vendor> = {
  heroku,
  digitalocean: droplet,
};

/** How a target is deployed. @param commit the expression for the pinned commit */
export function vendorOf(target: Target, commit: string, way: Way): Vendor {
  return target.api === undefined
    ? netlify(target, commit, way)
    : PLATFORMS[target.api.via](target, commit, way);
}

/** What a target's vendor reads and runs, apart from any deploy. */
export function vendorFor(target: Target): Vendor {
  return vendorOf(target, "", { suffix: "" });
}
