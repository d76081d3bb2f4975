/**
 * `heroku:app/app:App` as people say it: `heroku App`. Components of ours have their name alone.
 */
export function shortType(type: string): string {
  const [vendor = "", , name = ""] = type.split(":");
  return vendor === "stagewright" ? name : `${vendor} ${name}`;
}
