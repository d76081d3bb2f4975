import { isDeepStrictEqual } from "node:util";
import type { Mismatch } from "../../environment/mismatch";
import { parseTracks } from "../../environment/schema/release/tracks";
import { COMPONENTS, type EnvironmentRules } from "../rules";

/** What the workflows of one environment could not do at GitHub, said before one is written. */
export function githubChecks(environment: EnvironmentRules): Mismatch[] {
  return [...questionsToSentry(environment), ...oneListOfReviewers(environment), ...dataOfAGui(environment)];
}

function questionsToSentry({ release, errors }: EnvironmentRules): Mismatch[] {
  return COMPONENTS.flatMap((component): Mismatch[] => {
    const rules = release[component];
    if (!rules || errors?.readToken !== undefined) return [];
    const asking = [
      ...(Object.keys(rules.gates.errors).length > 0 ? [["gates", "errors"]] : []),
      ...(rules.logWatch ? [["logWatch"]] : []),
    ];
    return asking.map((path) =>
      errors
        ? {
            path: ["errors", "readToken"],
            says: `is missing, but release.${component}.${path.join(".")} asks Sentry; accepted: the name of the secret that holds a Sentry token which may only read issues`,
          }
        : {
            path: ["release", component, ...path],
            says: "asks Sentry, but there is no 'errors' section that names its organization; accepted with one",
          },
    );
  });
}

// Two targets in one repository have one environment there, and it has one list of reviewers.
// https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers
function oneListOfReviewers({ name, release, api, gui }: EnvironmentRules): Mismatch[] {
  const { api: forApi, gui: forGui } = release;
  if (!forApi || !forGui || api?.repository === undefined || api.repository !== gui?.repository) return [];
  if ([forApi, forGui].some(({ tracks }) => parseTracks(tracks).kind === "nothing")) return [];
  const says = (path: string, environment: string) =>
    `is not as release.api.${path}, but both are deployed from ${api.repository}, whose environment '${environment}' has one list of reviewers; accepted: the same for both`;
  const found: Mismatch[] = [];
  if (!isDeepStrictEqual(forApi.gates.approval, forGui.gates.approval)) {
    found.push({
      path: ["release", "gui", "gates", "approval"],
      says: says("gates.approval", name),
    });
  }
  const [one, other] = [forApi.hotfix?.by, forGui.hotfix?.by];
  if (one && other && !isDeepStrictEqual(one, other)) {
    found.push({ path: ["release", "gui", "hotfix", "by"], says: says("hotfix.by", `${name}-hotfix`) });
  }
  return found;
}

function dataOfAGui({ release }: EnvironmentRules): Mismatch[] {
  if (!release.gui?.operations) return [];
  return [
    {
      path: ["release", "gui", "operations"],
      says: "changes data, which a GUI has not; accepted: release.api.operations",
    },
  ];
}
