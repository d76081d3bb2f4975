#!/usr/bin/env bash
# The commit that is deployed to ENVIRONMENT, as our newest record TASK says; where the last deploy went wrong, nothing is sure.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

record=$(passed "$ENVIRONMENT" "$TASK" "")
if [ -z "$record" ]; then
  notice "Not verified: no deploy to $ENVIRONMENT has gone out last"
  output go false
  exit 0
fi
commit=$(jq --exit-status --raw-output .sha <<<"$record") || fail "GitHub's record names no commit"
output commit "$commit"
notice "The commit is $commit"
