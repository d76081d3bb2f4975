#!/usr/bin/env bash
# Records at GitHub that TASK (for example deploy:api) of COMMIT begins in ENVIRONMENT. The gates of other environments read these
# records. GitHub's own for the environment of a job name the commit of the event, which need not be the one that is deployed.
# https://docs.github.com/en/rest/deployments/deployments#create-a-deployment
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

description="$TASK by $GITHUB_TRIGGERING_ACTOR"
[ -z "${HOTFIX_REASON:-}" ] || description="Hotfix, $description: $(line "$HOTFIX_REASON")"
jq --null-input --arg ref "$COMMIT" --arg task "$TASK" --arg environment "$ENVIRONMENT" --arg description "${description:0:140}" \
  --arg by "$GITHUB_TRIGGERING_ACTOR" --arg reason "${HOTFIX_REASON:-}" '{
    $ref, $task, $environment, $description, auto_merge: false, required_contexts: [],
    payload: (if $reason == "" then {} else {hotfix: {$by, $reason}} end)
  }' >"$work/record.json"
record=$(github POST /deployments --data "@$work/record.json")
id=$(jq --exit-status .id <<<"$record") || fail "GitHub's answer has no id of the record"
jq --null-input --arg log_url "$RUN" '{state: "in_progress", $log_url, auto_inactive: false}' >"$work/status.json"
github POST "/deployments/$id/statuses" --data "@$work/status.json" >"$work/made"
output id "$id"
