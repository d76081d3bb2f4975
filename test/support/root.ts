import path from "node:path";

/** The root of the checkout: the dandi project. */
export const ROOT = path.resolve(__dirname, "../..");
