import { line } from "./rules";
import type { Target } from "./target";

/** The lines of the spec behind a verification: its command, and what it does to the data. */
export function verificationStates({ rules, data }: Target): string {
  const run = line(rules, ["verify", "run"], rules.verify?.run);
  return data.erasedBy === "verify" ? `${run}\ndata.erasedBy: ${data.erasedBy}` : run;
}
