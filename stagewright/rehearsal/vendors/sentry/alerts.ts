import type { Kind } from "../../vendor";
import { facts } from "./facts";
import { environmentsOf, number, projectId, refuse } from "./organizations";

export const ALERT = "sentry:index/sentryIssueAlert:SentryIssueAlert";

export const alert: Kind = {
  facts: facts[ALERT],
  // Two alerts of a project may have the same name if their actions differ.
  identity: ({ inputs, urn }) => ({
    scope: `${inputs.organization}/${inputs.project}`,
    name: `${inputs.name} of ${urn}`,
  }),
  alike: ["organization", "project", "name"],
  id: ({ again }, name, scope) => `${scope}/${number("alert", scope, name, ...again)}`,
  defaults: () => ({ environment: "" }),
  outputs: (_occasion, id) => ({ internalId: id.split("/").at(-1) }),
  derived: ({ inputs }) => ({ projects: [inputs.project] }),
  // All of these: https://docs.sentry.io/api/alerts/create-an-issue-alert-rule-for-a-project/
  rules({ things, inputs }) {
    const { organization, project, name, environment, frequency, conditions, actions, filters = [] } = inputs;
    projectId(things, organization, project);
    if (String(name ?? "").length < 1 || String(name).length > 64)
      refuse(400, "name: Ensure this field has 1 to 64 characters.");
    const minutes = Number(frequency);
    if (!Number.isInteger(minutes) || minutes < 5 || minutes > 43_200)
      refuse(400, `frequency: Ensure this value is between 5 and 43200, not ${frequency}.`);
    // An environment exists once it has sent an event:
    // https://docs.sentry.io/concepts/key-terms/environments/
    if (
      environment !== undefined &&
      !environmentsOf(things, String(organization)).includes(String(environment))
    )
      refuse(400, `environment: This environment has not been created ('${environment}').`);
    if (!hasIds(conditions, 1)) refuse(400, "conditions: Must select a condition");
    if (!hasIds(actions, 1)) refuse(400, "actions: Must select an action");
    if (!hasIds(filters, 0)) refuse(400, "filters: Missing attribute 'id'");
  },
  latency: { create: 1, update: 1, delete: 1 },
};

function hasIds(nodes: unknown, least: number): boolean {
  return Array.isArray(nodes) && nodes.length >= least && nodes.every((node) => Boolean(node?.id));
}
