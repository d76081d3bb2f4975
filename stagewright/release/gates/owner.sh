#!/usr/bin/env bash
# Lets only OWNER start a deploy by hand. Whoever runs an old run again has started it too.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

for who in "$GITHUB_ACTOR" "$GITHUB_TRIGGERING_ACTOR"; do
  [ "${who,,}" != "${OWNER,,}" ] || continue
  fail "Only $OWNER deploys here, not $who"
done
