#!/usr/bin/env bash
# Completes the record ID with how it ended: STATUS is that of the job; what was SKIPPED, or WAITS for its migration, is neither a
# success nor a failure.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

state=failure
[ "$STATUS" != success ] || state=success
[ "${SKIPPED:-}" != true ] || state=inactive
[ "${WAITS:-}" != true ] || state=pending
jq --null-input --arg state "$state" --arg log_url "$RUN" --arg environment_url "$ADDRESS" \
  '{$state, $log_url, auto_inactive: false} + (if $environment_url == "" then {} else {$environment_url} end)' >"$work/status.json"
github POST "/deployments/$ID/statuses" --data "@$work/status.json" >"$work/made"
