#!/usr/bin/env bash
# Lets only OWNER start a deploy. Somebody else's push is left alone; somebody else's request is refused. Whoever runs an old run
# again has started it too.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

for who in "$GITHUB_ACTOR" "$GITHUB_TRIGGERING_ACTOR"; do
  [ "${who,,}" != "${OWNER,,}" ] || continue
  [ "$GITHUB_EVENT_NAME" != push ] || {
    notice "Not deployed: only $OWNER deploys here, and $who pushed"
    output go false
    exit 0
  }
  fail "Only $OWNER deploys here, not $who"
done
