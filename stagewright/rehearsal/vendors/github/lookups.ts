import type { Properties } from "../../../../providers/protocol/provider";
import type { Things } from "../../store";
import type { Caller, Vendor } from "../../vendor";
import { FILE, scopeOf } from "./files";
import { number, repositoryIfAny, repositoryOf } from "./repositories";

/** GitHub's lookups of repositories, people and teams, which all exist before any environment. */
export const lookups: Vendor["functions"] = {
  // https://docs.github.com/en/rest/repos/repos#get-a-repository
  "github:index/getRepository:getRepository": (args, caller, things) => {
    const { fullName, id, defaultBranch } = found(args, caller, things);
    const name = fullName.split("/")[1];
    return { ...args, id: name, name, fullName, repoId: id, defaultBranch };
  },
  // https://registry.terraform.io/providers/integrations/github/latest/docs/data-sources/repository_file:
  // nothing for a 404
  "github:index/getRepositoryFile:getRepositoryFile": (args, caller, things) => {
    const repository = repositoryIfAny({ things, caller, inputs: args });
    const branch = String(args.branch ?? repository?.defaultBranch);
    const there = things.named(FILE, scopeOf(String(repository?.fullName), branch), String(args.file));
    if (!there) return {};
    const { content, sha, ref, commitSha, commitMessage } = there.properties;
    return { ...args, id: `${args.repository}/${args.file}`, content, sha, ref, commitSha, commitMessage };
  },
  // https://docs.github.com/en/rest/users/users#get-a-user
  "github:index/getUser:getUser": ({ username }) => ({
    id: String(number("user", String(username).toLowerCase())),
    username,
    login: username,
  }),
  // https://docs.github.com/en/rest/teams/teams#get-a-team-by-name
  "github:index/getTeam:getTeam": (args, caller) => ({
    ...args,
    id: String(number("team", caller.account, String(args.slug))),
    name: args.slug,
  }),
};

function found({ fullName, name }: Properties, caller: Caller, things: Things) {
  const [owner, repository] = String(fullName ?? `${caller.account}/${name}`).split("/");
  return repositoryOf({ things, caller: { ...caller, account: owner ?? "" }, inputs: { repository } });
}
