import { isTree } from "../../environment/merge";
import { quoted } from "../../environment/problems";
import type { ResourceState } from "../../resources/graph";
import { inputsOf, listOf, textAt } from "../resource";
import type { ResourceRule } from "../rule";
import { workflowOf } from "./rights";

/** What an environment runs on does not change by itself. */
export const versionsPinned: ResourceRule = {
  name: "versions-pinned",
  severity: "error",
  title: "The operating system, Postgres and foreign buildpacks are of a stated version",
  because: "two environments that are made on different days would otherwise not be alike",
  fix: "state `api.stack`, `database.version`, and a buildpack of your own as ADDRESS#COMMIT",
  source: "https://devcenter.heroku.com/articles/buildpacks#buildpack-references",
  each: (resource) => unpinned(resource),
};

function unpinned(resource: ResourceState): string[] {
  const inputs = inputsOf(resource);
  switch (resource.type) {
    case "heroku:app/app:App":
      return [
        ...(textAt(inputs, "stack") === undefined ? ["states no stack"] : []),
        ...listOf(inputs.buildpacks)
          .map(String)
          // Heroku's own and those of its registry are released; an address is whatever its branch
          // holds.
          .filter((buildpack) => /^(https?|git|ssh):/.test(buildpack) && !/#.+/.test(buildpack))
          .map((buildpack) => `uses the newest of the buildpack ${quoted(withoutLogin(buildpack))}`),
      ];
    case "heroku:addon/addon:Addon": {
      const postgres = /^heroku-postgresql:/.test(textAt(inputs, "plan") ?? "");
      const { version, follow } = isTree(inputs.config) ? inputs.config : {};
      return postgres && version === undefined && follow === undefined
        ? ["states no version of Postgres"]
        : [];
    }
    case "digitalocean:index/databaseCluster:DatabaseCluster":
      return textAt(inputs, "version") === undefined ? ["states no version"] : [];
    case "digitalocean:index/droplet:Droplet":
      return /latest|^[a-z]+$/.test(textAt(inputs, "image") ?? "ok-1")
        ? [`starts from the newest ${quoted(inputs.image)}`]
        : [];
    default:
      return [];
  }
}

function withoutLogin(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//");
}

/** A workflow runs the actions that were read, and no others. */
export const actionsPinned: ResourceRule = {
  name: "actions-pinned",
  severity: "error",
  title: "Workflows use actions and containers by commit or digest",
  because: "a tag can be moved to other code, which then runs with the deploy's secrets",
  fix: "write `uses: owner/name@COMMIT # v1.2.3` (stagewright/release/actions.ts), and images as NAME@sha256:…",
  source: "https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions",
  each: (resource) =>
    usedBy(workflowOf(resource))
      .filter((used) => !/^\.\/|@[0-9a-f]{40}$|@sha256:[0-9a-f]{64}$/.test(used))
      .map((used) => `uses ${quoted(used)}, which can change`),
};

function usedBy(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(usedBy);
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    key === "uses" && typeof inside === "string" ? [inside] : usedBy(inside),
  );
}
