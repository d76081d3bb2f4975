import { digits, type Kind } from "../../vendor";
import { ALERT } from "./alerts";
import { facts } from "./facts";
import { KEY } from "./keys";
import { isSeeded, PROJECT, projectNumber, refuse, teamId } from "./organizations";

export const project: Kind = {
  facts: facts[PROJECT],
  identity: ({ inputs }) => ({
    scope: String(inputs.organization),
    name: String(inputs.slug ?? slugOf(inputs.name)),
  }),
  id: (_occasion, name) => name,
  defaults: ({ inputs }) => ({
    slug: slugOf(inputs.name),
    platform: "",
    digestsMinDelay: 300,
    digestsMaxDelay: 1800,
    resolveAge: 0,
  }),
  outputs(occasion) {
    const { scope = "", name } = project.identity(occasion);
    const id = projectNumber(scope, name);
    return {
      color: `#${digits(6, "sentry color", scope, name)}`,
      features: [],
      internalId: id,
      isBookmarked: false,
      isPublic: false,
      projectId: id,
      status: "active",
    };
  },
  // All of these: https://docs.sentry.io/api/projects/create-a-new-project/
  rules(occasion, existing) {
    const { things, inputs } = occasion;
    const { scope = "", name: slug } = project.identity(occasion);
    const teams = inputs.team === undefined ? ((inputs.teams ?? []) as unknown[]) : [inputs.team];
    if (teams.length === 0) refuse(400, "one of team or teams must be configured");
    for (const team of teams) teamId(things, scope, team);
    const name = String(inputs.name ?? "");
    if (name.length < 1 || name.length > 50) refuse(400, "name: Ensure this field has 1 to 50 characters.");
    if (!/^(?![0-9]+$)[a-z0-9_-]{1,100}$/.test(slug))
      refuse(
        400,
        `slug: Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens, not digits alone, instead of '${slug}'.`,
      );
    const other = things.named(PROJECT, scope, slug);
    if (isSeeded(things, scope, slug) || (other && other.id !== existing?.id))
      refuse(409, `A project with this slug already exists ('${slug}' in '${scope}').`);
  },
  after(things, event, { scope, name }) {
    if (event !== "delete") return;
    // A deleted project takes its parts with it.
    for (const type of [KEY, ALERT]) {
      for (const inside of things.list(type)) {
        if (inside.scope === `${scope}/${name}`) things.remove(type, inside.id);
      }
    }
  },
  latency: { create: 2, update: 1, delete: 2 },
};

function slugOf(name: unknown): string {
  return String(name)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
