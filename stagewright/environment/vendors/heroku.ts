/**
 * https://devcenter.heroku.com/articles/platform-api-reference#app: the pattern of an app's name.
 */
export const herokuAppName = {
  pattern: /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
  accepted: "3 to 30 of a-z, 0-9 and -, starting with a letter and not ending with -",
};

/** https://devcenter.heroku.com/articles/regions: the regions of the Common Runtime. */
export const herokuRegions = ["us", "eu"] as const;

/**
 * https://devcenter.heroku.com/articles/stack: the stacks with slugs and buildpacks, so not
 * `container`.
 */
export const herokuStacks = ["heroku-22", "heroku-24", "heroku-26"] as const;

/** https://devcenter.heroku.com/articles/dyno-types: the dyno types of the Common Runtime. */
export const dynoSizes = [
  "eco",
  "basic",
  "standard-1x",
  "standard-2x",
  "performance-m",
  "performance-l",
  "performance-l-ram",
  "performance-xl",
  "performance-2xl",
] as const;

/**
 * Returns the tier of a dyno size: `eco`, `basic` or `professional`. An app can only have dynos of
 * one tier (https://devcenter.heroku.com/articles/dyno-types); Heroku rejects a mix with "Cannot
 * use the following dyno types in the same app".
 */
export function dynoTier(size: string): "eco" | "basic" | "professional" {
  return size === "eco" || size === "basic" ? size : "professional";
}

/** https://devcenter.heroku.com/articles/heroku-postgres-plans */
export const postgresPlans = [
  "essential-0",
  "essential-1",
  "essential-2",
  ...(["standard", "premium"] as const).flatMap((tier) =>
    (["0", "2", "3", "4", "5", "6", "7", "8", "9"] as const).map((size) => `${tier}-${size}` as const),
  ),
] as const;

/** https://devcenter.heroku.com/articles/heroku-postgres-version-support */
export const postgresVersions = ["14", "15", "16", "17", "18"] as const;

/** https://elements.heroku.com/addons/cloudamqp */
export const cloudamqpAddonPlans = [
  "lemur",
  "tiger",
  "bunny",
  "rabbit",
  "panda",
  "ape",
  "hippo",
  "squirrel-1",
  "hare-1",
  "bunny-1",
  "bunny-3",
  "rabbit-1",
  "rabbit-3",
  "panda-1",
  "panda-3",
  "ape-1",
  "ape-3",
  "hippo-1",
  "hippo-3",
] as const;
