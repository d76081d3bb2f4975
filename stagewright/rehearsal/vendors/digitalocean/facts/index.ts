import { databases } from "./databases";
import { machines } from "./machines";
import { networking } from "./networking";
import { oversight } from "./oversight";
import { spaces } from "./spaces";

/**
 * The resource types of the package `digitalocean` that are played, with their inputs and outputs.
 * Any other is refused.
 */
export const facts = { ...databases, ...machines, ...networking, ...oversight, ...spaces };
