import path from "node:path";

/** The archive of the first release: `app/` beside it, packed by `pack.ts`. */
export const slugFile = path.join(__dirname, "slug.tgz");

/**
 * The path of the archive as it may stand in a stack's state: relative to the project's folder, in
 * which the engine starts its providers, so that every machine that has the checkout finds it.
 */
export function slugPath(projectFolder: string): string {
  return path.relative(projectFolder, slugFile).split(path.sep).join("/");
}

/**
 * The command of each process type in the first release. The web process answers 503, as Heroku's
 * router stops a web dyno that does not listen on `$PORT` within 60 seconds
 * (https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout); the others only wait.
 */
export function firstCommands(processTypes: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    processTypes.map((type) => [type, type === "web" ? "perl web.pl" : "sleep infinity"]),
  );
}
