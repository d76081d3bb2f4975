# shellcheck shell=bash
# `stagewright env` of the checked out project, in its folder DIRECTORY, with the credentials of the job's GitHub environment.
# shellcheck source=stagewright/release/steps/aws.sh
source "${BASH_SOURCE%/*}/../../steps/aws.sh"

# The run's own token may do other things than a provider's, and is not given to it.
asked() {
  GITHUB_TOKEN=${STAGEWRIGHT_GITHUB_TOKEN:-} npx --no-install stagewright env "$@" --dir "$DIRECTORY" --json >"$work/said.json"
}

# environments ARGUMENT...: runs it, and ends as it ends. What it tells meanwhile is shown and powerless; its answer is in
# $work/said.json. AWS is reached by the role AWS_ROLE, where the workflow names one.
environments() {
  [ -z "${AWS_ROLE+set}" ] || [ -n "${AWS_SESSION_TOKEN:-}" ] || assume "$AWS_ROLE"
  unwatched asked "$@"
}

# said FILTER: prints a part of the answer; nothing where it is null or there is no answer.
said() { jq --raw-output --compact-output "$1 // empty" "$work/said.json" 2>>"$work/unreadable" || true; }
