import { Temporal } from "temporal-polyfill";

/**
 * How long after its moment a scheduled deploy may start, before the next one: GitHub starts late
 * under load, by hours too, never early.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
export const LATE = Temporal.Duration.from({ hours: 12 });
