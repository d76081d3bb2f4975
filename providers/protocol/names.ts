/** Returns the logical name of a resource: the last part of its URN. */
export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Returns the Pulumi package of a type token: `heroku` for `heroku:app/app:App`. */
export function packageOf(type: string): string {
  return type.split(":")[0] ?? "";
}
