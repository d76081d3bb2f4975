import { commandsOf } from "../commands";
import { expression, plain } from "../document";
import { READ_CONTENTS, TOKEN } from "../gates/gate";
import { line } from "../rules";
import { checkout } from "../steps/checkout";
import { followedBranch, type Target } from "../target";
import type { Way } from "../ways";
import type { Vendor } from "./vendor";

/** The GitHub environment's secret and variable that the deploy to Netlify reads. */
export const NETLIFY = { hook: "NETLIFY_BUILD_HOOK", url: "GUI_URL" } as const;

/** Has Netlify build the branch, while the commit is its newest. */
export function netlify(target: Target, commit: string, way: Way): Vendor {
  const { rules } = target;
  const { action } = rules.onFailure;
  const branch = followedBranch(target) ?? "";
  const own = way.hand && rules.ownBranch;
  return {
    name: "Netlify",
    minutes: 10,
    address: NETLIFY.url,
    secrets: [NETLIFY.hook],
    variables: [NETLIFY.url],
    // A command of `verify` runs in the checkout.
    prepare: rules.verify ? [checkout(commit)] : [],
    deploy: [
      {
        name: "Call the build hook of Netlify",
        // Which commit a site serves, Netlify tells only to an account's token, which may do
        // everything and so is not given here.
        states: own
          ? "A branch of one's own becomes Netlify's branch deploy, at an address of its own: a hook cannot publish it."
          : "Netlify builds by itself from here on: without an account's token it does not tell when the site serves the commit.",
        id: "deploy",
        env: {
          ...TOKEN,
          [NETLIFY.hook]: expression(`secrets.${NETLIFY.hook}`),
          COMMIT: commit,
          BRANCH: own ? expression(`inputs.branch || '${branch.replaceAll("'", "''")}'`) : plain(branch),
        },
        script: "steps/netlify.sh",
        permissions: READ_CONTENTS,
      },
    ],
    restore:
      action === "restore"
        ? [
            {
              states: line(rules, ["onFailure", "action"], action),
              step: {
                name: "Say how the deploy from before comes back",
                if: "failure()",
                shell: "bash",
                run: 'echo "::warning::A build that fails leaves the site as it is. Only an account\'s token may publish an older deploy: do that in the deploys of the site at Netlify"\n',
              },
            },
          ]
        : [],
    commands: {
      secrets: [],
      variables: [],
      where: "in the checkout",
      run: (command) => ({
        step: {
          name: "",
          env: { COMMAND: plain(commandsOf(rules)[command] ?? "") },
          shell: "bash",
          run: 'bash -euo pipefail -c "$COMMAND"\n',
        },
      }),
    },
  };
}
