#!/usr/bin/env bash
# Compares STACK with what the vendors have and writes REPORT; its output `drift` is how that ended: 0 none, 1 some.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/step.sh"

npx --no-install pulumi login "$PULUMI_BACKEND_URL"
code=0
GITHUB_TOKEN=$STAGEWRIGHT_GITHUB_TOKEN unwatched npx --no-install stagewright drift --stack "$STACK" --live \
  --markdown "$REPORT" || code=$?
output drift "$code"
