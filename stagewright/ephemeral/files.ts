import { isTree, type Tree } from "../environment/merge";
import { type Project, readStack, type StackFiles } from "../project/project";
import type { Description } from "./description";
import { stackOf } from "./names";
import { described } from "./resolve";

/**
 * An ephemeral environment as a stack's files would state it, so that it can be compared with
 * stacks: from its own description, with the secrets of the stack that it is like as that one's
 * file has them, where it is still there.
 *
 * @returns `undefined` where this version does not understand the description any more
 * @throws ConfigError where that stack's file is wrong
 */
export function filesOf(project: Project, description: Description): StackFiles | undefined {
  const spec = described(project.name, description);
  if (!spec) return undefined;
  const { name, like, environment, differs } = description;
  const secrets = description.secrets.map((secret) => `${project.name}:${secret}`);
  const config: Tree = {
    ...written(project, like, secrets),
    [`${project.name}:environment`]: environment,
    [`${project.name}:differs`]: differs,
  };
  return {
    stack: stackOf(name),
    spec,
    settings: { config },
    differs,
    borrowed: { from: like, secrets },
    place: (path) => ({ file: `env ${name}`, key: path.join(".") }),
  };
}

function written(project: Project, like: string, keys: readonly string[]): Tree {
  if (keys.length === 0 || !project.stacks.includes(like)) return {};
  const { config } = readStack(project, like).settings;
  return Object.fromEntries(
    Object.entries(isTree(config) ? config : {}).filter(([key]) => keys.includes(key)),
  );
}
