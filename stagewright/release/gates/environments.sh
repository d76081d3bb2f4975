#!/usr/bin/env bash
# Lets only a commit pass that was there before: REQUIRED has one environment and one of our records (as deploy:api) a line.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

while read -r environment task; do
  found=$(passed "$environment" "$task" "$COMMIT")
  [ -n "$found" ] || fail "$COMMIT has no successful $task in $environment"
  echo "$COMMIT: $task in $environment on $(jq --raw-output .created_at <<<"$found")"
done <<<"$REQUIRED"
