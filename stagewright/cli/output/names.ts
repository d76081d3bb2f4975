/**
 * Returns the common name of a type: `heroku App` for `heroku:app/app:App`. Our own components have
 * only their name.
 */
export function shortType(type: string): string {
  const [vendor = "", , name = ""] = type.split(":");
  return vendor === "stagewright" ? name : `${vendor} ${name}`;
}
