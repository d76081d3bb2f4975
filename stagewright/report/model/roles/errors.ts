import { type Component, detail, fact, identity, nameFact, type Reader } from "../component";

/** Error tracking, in a project of the environment's own or in an existing one. */
export const readErrors: Reader = ({ errors: spec }, deployed): Component | undefined => {
  const key = deployed.one("sentry:index/sentryKey:SentryKey", "errors-key");
  if (!spec || !key) return undefined;
  const alert = deployed.one("sentry:index/sentryIssueAlert:SentryIssueAlert", "errors-alert");
  return {
    role: "errors",
    vendor: "Sentry",
    name: nameFact("project", key.inputs.project, ["errors", "project"]),
    facts: [
      ...identity("tagged", spec.environment, ["errors", "environment"]),
      ...detail("mails", alert ? `every ${alert.inputs.frequency} min` : "none", ["errors", "alert"]),
      ...detail("team", spec.team, ["errors", "team"]),
      ...fact("organization", key.inputs.organization, ["errors", "organization"]),
    ],
    marks: [],
  };
};
