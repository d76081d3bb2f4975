import type { EnvironmentSpec } from "../environment/schema/environment";

/**
 * The command line by which a person whose Heroku CLI is logged in migrates from a laptop, the same
 * as the workflow's; `undefined` where migrations do not run by hand, or not on Heroku.
 * https://devcenter.heroku.com/articles/one-off-dynos
 */
export function migrateLocally({
  api,
  release,
}: Pick<EnvironmentSpec, "api" | "release">): string | undefined {
  const migrations = release.api?.migrations;
  if (api?.via !== "heroku" || migrations?.when !== "by hand") return undefined;
  return `heroku run -a ${api.app} ${migrations.command}`;
}
