import { commandsOf } from "../commands";
import { expression, type Node, plain } from "../document";
import { line } from "../rules";
import { followedBranch, type Target } from "../target";
import type { Way } from "../ways";
import type { ScriptStep } from "./job";
import type { Commands, Vendor } from "./vendor";

/** The GitHub environment's secrets and variables that the deploy to a droplet reads. */
export const DROPLET = {
  /** Private SSH key, which may start the deploy command and nothing else. */
  key: "DEPLOY_KEY",
  /** The app's variables, as one JSON object of texts. */
  environment: "APP_ENVIRONMENT",
  /** Address that SSH goes to. */
  host: "DROPLET_HOST",
  /** Public key of the droplet, `ssh-ed25519 AAAA…`: nobody else is taken for it. */
  hostKey: "DROPLET_HOST_KEY",
  /** Where the API answers. */
  url: "API_URL",
} as const;

const ACCESS: Record<string, Node> = {
  [DROPLET.key]: expression(`secrets.${DROPLET.key}`),
  [DROPLET.host]: expression(`vars.${DROPLET.host}`),
  [DROPLET.hostKey]: expression(`vars.${DROPLET.hostKey}`),
};

/** Has the droplet fetch, build and release the commit, over SSH. */
export function droplet(target: Target, commit: string, way: Way): Vendor {
  const { rules } = target;
  const { action } = rules.onFailure;
  const own = way.hand && rules.ownBranch;
  return {
    name: "Droplet",
    minutes: 60,
    address: DROPLET.url,
    secrets: [DROPLET.key, DROPLET.environment],
    variables: [DROPLET.host, DROPLET.hostKey, DROPLET.url],
    prepare: [
      {
        name: "Which release runs on the droplet?",
        id: "before",
        env: ACCESS,
        script: "steps/droplet-serving.sh",
      },
    ],
    deploy: [
      {
        name: "Build and release the commit on the droplet",
        states: stated(target),
        id: "deploy",
        env: {
          ...ACCESS,
          [DROPLET.environment]: expression(`secrets.${DROPLET.environment}`),
          COMMIT: commit,
          ...(own && { OWN_BRANCH: expression("inputs.branch") }),
          SETTINGS: plain(JSON.stringify(settings(target))),
        },
        script: "steps/droplet.sh",
      },
    ],
    restore:
      action === "restore"
        ? [
            {
              name: "Bring the release from before back",
              states: line(rules, ["onFailure", "action"], action),
              if: "failure() && steps.deploy.outcome == 'success'",
              env: { ...ACCESS, PREVIOUS: expression("steps.before.outputs.id") },
              script: "steps/droplet-restore.sh",
            },
          ]
        : [],
    commands: onDroplet,
  };
}

/**
 * What the droplet must know of a deploy besides the commit and the variables;
 * `deploying/request.py` reads it there.
 */
function settings(target: Target) {
  const { rules, api } = target;
  const { migrations, staticFiles } = rules;
  const processes = Object.entries(api?.processes ?? {}).map(([type, { quantity }]) => [type, quantity]);
  return {
    tracked: followedBranch(target),
    processes: Object.fromEntries(processes),
    commands: commandsOf(rules),
    migrates: migrations !== undefined && migrations.when !== "by hand",
    staticFiles: staticFiles?.when === "before release" ? staticFiles.command : undefined,
    served: staticFiles?.served,
    limits: api?.via === "digitalocean" ? api.limits : undefined,
  };
}

function stated({ rules: { migrations, staticFiles }, rules }: Target): string | undefined {
  const lines = [
    ...(migrations ? [line(rules, ["migrations"], migrations)] : []),
    ...(staticFiles ? [line(rules, ["staticFiles"], staticFiles)] : []),
  ];
  return lines.length > 0 ? lines.join("\n") : undefined;
}

/**
 * Commands that the deploy stated, run on the droplet as the app's user with the release that
 * serves.
 */
const onDroplet: Commands = {
  secrets: [DROPLET.key],
  variables: [DROPLET.host, DROPLET.hostKey],
  where: "on the droplet",
  serving: { name: "", env: ACCESS, script: "steps/droplet-commit.sh" },
  run: (command) => running({ NAME: command }),
  operate: running({ NAME: "operate", ARGUMENTS: expression("steps.line.outputs.arguments") }),
  locally: (command) => ({
    name: "How is the same done from a laptop?",
    env: { [DROPLET.host]: expression(`vars.${DROPLET.host}`), NAME: command },
    script: "steps/droplet-locally.sh",
  }),
};

function running(env: Record<string, Node>): ScriptStep {
  return { name: "", env: { ...ACCESS, ...env }, script: "steps/droplet-run.sh" };
}
