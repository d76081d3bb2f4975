#!/usr/bin/env bash
# The commit of our newest successful record TASK in the environment AFTER: the one that passed it last. Where this run was started
# by nobody and the commit is in ENVIRONMENT already (as DEPLOY), there is nothing to do.
# WANTED: a commit that a person names instead, which the gates judge.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"
# shellcheck source=stagewright/release/pin/wanted.sh
source "${BASH_SOURCE%/*}/wanted.sh"

commit=$(wanted)
if [ -n "$commit" ]; then
  output commit "$commit"
  notice "The commit is $commit, as $GITHUB_TRIGGERING_ACTOR asks"
  exit 0
fi
record=$(passed "$AFTER" "$TASK" "")
if [ -z "$record" ]; then
  [ "$GITHUB_EVENT_NAME" != workflow_dispatch ] || fail "No commit has passed $AFTER yet"
  notice "Not deployed: no commit has passed $AFTER yet"
  output go false
  exit 0
fi
commit=$(jq --raw-output .sha <<<"$record")
if [ "$GITHUB_EVENT_NAME" != workflow_dispatch ] && [ -n "$(passed "$ENVIRONMENT" "$DEPLOY" "$commit")" ]; then
  notice "Not deployed again: $commit, the last that passed $AFTER, is in $ENVIRONMENT"
  output go false
  exit 0
fi
output commit "$commit"
notice "The commit is $commit, the last that passed $AFTER"
