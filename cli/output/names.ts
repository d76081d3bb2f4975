/** The logical name of a resource: the last part of its URN. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** `heroku:app/app:App` as people say it: `heroku App`. Components of ours have their name alone. */
export function shortType(type: string): string {
  const [vendor = "", , name = ""] = type.split(":");
  return vendor === "stagewright" ? name : `${vendor} ${name}`;
}
