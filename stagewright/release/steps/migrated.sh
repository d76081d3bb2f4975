#!/usr/bin/env bash
# Completes our record of TASK for COMMIT in ENVIRONMENT, where it waited for the migration that has just run.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

records=$(listed "/deployments?environment=$(encoded "$ENVIRONMENT")&task=$(encoded "$TASK")&sha=$COMMIT")
id=$(jq --raw-output '.[0].id // empty' <<<"$records")
[ -n "$id" ] || exit 0
state=$(github GET "/deployments/$id/statuses?per_page=1" | jq --raw-output '.[0].state')
[ "$state" = pending ] || exit 0
jq --null-input --arg log_url "$RUN" '{state: "success", $log_url, auto_inactive: false}' >"$work/status.json"
github POST "/deployments/$id/statuses" --data "@$work/status.json" >"$work/made"
notice "The deploy of $COMMIT is done, too"
