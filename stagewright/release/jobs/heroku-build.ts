import { plain } from "../document";
import { line } from "../rules";
import type { Target } from "../target";
import type { Step } from "./job";

/**
 * Looks at what Heroku's buildpacks will make of the commit, where the spec says what that must be.
 */
export function herokuBuild({ rules, api }: Target, commit: string): Step[] {
  const python = api?.via === "heroku" ? api.python : undefined;
  const { build } = rules;
  return [
    ...(python === undefined
      ? []
      : [
          {
            name: "Is it the Python of this environment?",
            states: `api.python: "${python}"`,
            env: { COMMIT: commit, PYTHON: plain(python) },
            script: "steps/python-version.sh",
          },
        ]),
    ...(build === undefined
      ? []
      : [
          {
            name: "Does the build do its work?",
            states: line(rules, ["build"], build),
            env: { COMMIT: commit, COMMANDS: plain(build.runs.join("\n")) },
            script: "steps/build-script.sh",
          },
        ]),
  ];
}
