import { databases } from "./databases";
import { machines } from "./machines";
import { networking } from "./networking";
import { oversight } from "./oversight";
import { spaces } from "./spaces";

/**
 * The played resource types of the package `digitalocean` with their inputs and outputs. Any other
 * type is refused.
 */
export const facts = { ...databases, ...machines, ...networking, ...oversight, ...spaces };
