import { type CommandName, commandsOf } from "../commands";
import { expression, type Node, plain } from "../document";
import { line } from "../rules";
import { checkout } from "../steps/checkout";
import type { Target } from "../target";
import { herokuBuild } from "./heroku-build";
import type { ScriptStep, Step } from "./job";
import type { Commands, Vendor } from "./vendor";

/** The GitHub environment's secret and variables that the deploy to Heroku reads. */
export const HEROKU = { token: "HEROKU_API_KEY", app: "HEROKU_APP", url: "API_URL" } as const;

const ACCESS: Record<string, Node> = {
  [HEROKU.token]: expression(`secrets.${HEROKU.token}`),
  [HEROKU.app]: expression(`vars.${HEROKU.app}`),
};

/** Builds and releases the commit on Heroku. */
export function heroku(target: Target, commit: string): Vendor {
  const { rules } = target;
  const restores = rules.onFailure.action === "restore";
  const states = line(rules, ["onFailure", "action"], rules.onFailure.action);
  return {
    name: "Heroku",
    minutes: 90, // a build may take 15, a release phase 60: https://devcenter.heroku.com/articles/limits
    address: HEROKU.url,
    secrets: [HEROKU.token],
    variables: [HEROKU.app, HEROKU.url],
    prepare: [
      checkout(commit),
      ...herokuBuild(target, commit),
      ...releasePhase(rules, commit),
      ...(restores
        ? [
            {
              name: "Note which release runs",
              states,
              id: "before",
              env: ACCESS,
              script: "steps/heroku-serving.sh",
            },
          ]
        : []),
    ],
    deploy: [
      {
        name: "Build and release the commit on Heroku",
        id: "deploy",
        env: { ...ACCESS, COMMIT: commit },
        script: "steps/heroku.sh",
      },
    ],
    restore: restores
      ? [
          {
            name: "Bring the release from before back",
            states,
            if: "failure() && steps.before.outcome == 'success'",
            env: { ...ACCESS, PREVIOUS: expression("steps.before.outputs.id") },
            script: "steps/heroku-restore.sh",
          },
        ]
      : [],
    commands: oneOffs(rules),
  };
}

/** Commands in one-off dynos of the app. */
function oneOffs(rules: Target["rules"]): Commands {
  const stated = (command: CommandName) => plain(commandsOf(rules)[command] ?? "");
  const run = (command: Node): ScriptStep => ({
    name: "",
    env: { ...ACCESS, COMMAND: command },
    script: "steps/dyno.sh",
  });
  return {
    secrets: [HEROKU.token],
    variables: [HEROKU.app],
    where: "in a one-off dyno",
    serving: { name: "", env: ACCESS, script: "steps/heroku-commit.sh" },
    run: (command) => run(stated(command)),
    operate: run(expression("steps.line.outputs.command")),
    locally: (command) => ({
      name: "How is the same done from a laptop?",
      env: { [HEROKU.app]: expression(`vars.${HEROKU.app}`), COMMAND: stated(command) },
      script: "steps/locally.sh",
    }),
  };
}

// The new code while the old release still serves: on Heroku both `before release` and `in release`
// are the release phase.
function releasePhase(rules: Target["rules"], commit: string): Step[] {
  const { migrations, staticFiles } = rules;
  const inPhase = [
    ...(migrations && migrations.when !== "by hand"
      ? [{ command: migrations.command, states: line(rules, ["migrations"], migrations) }]
      : []),
    ...(staticFiles?.when === "before release" && staticFiles.command !== undefined
      ? [{ command: staticFiles.command, states: line(rules, ["staticFiles"], staticFiles) }]
      : []),
  ];
  if (inPhase.length === 0) return [];
  return [
    {
      name: "Does the release phase do its work?",
      states: inPhase.map(({ states }) => states).join("\n"),
      env: { COMMIT: commit, COMMANDS: plain(inPhase.map(({ command }) => command).join("\n")) },
      script: "steps/procfile.sh",
    },
  ];
}
