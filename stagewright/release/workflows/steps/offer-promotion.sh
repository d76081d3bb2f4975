#!/usr/bin/env bash
# Offers a promotion of FROM to INTO once after each deploy of the API to ENVIRONMENT that went out: starts PROMOTION_WORKFLOW, whose
# run then waits for its approval. While something keeps it from being promoted, the next run of this asks again, for a day.
# API_REPOSITORY is public: its records can be read with the token of any run.
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../../steps/clock.sh"
# shellcheck source=stagewright/release/workflows/steps/promotion.sh
source "${BASH_SOURCE%/*}/promotion.sh"

no_offer() {
  echo "No offer: $1"
  exit 0
}

record=$(GITHUB_REPOSITORY=$API_REPOSITORY passed "$ENVIRONMENT" "$TASK" "")
[ -n "$record" ] || no_offer "no deploy of the API to $ENVIRONMENT has gone out last"
id=$(field .id "$record")
made=$(field .created_at "$record")
made=$(date --utc --date="$made" +%s)
now=$(now)
[ $((now - made)) -le 86400 ] || no_offer "the last deploy of the API, $id, is more than a day old"

runs=$(github GET "/actions/workflows/$PROMOTION_WORKFLOW/runs?event=workflow_dispatch&per_page=100")
found=$(jq --arg title "after API deployment $id" '[.workflow_runs[] | select(.display_title | endswith($title))] | length' <<<"$runs")
[ "$found" = 0 ] || no_offer "the one after the API's deployment $id was made"
found=$(jq '[.workflow_runs[] | select(.status == "waiting")] | length' <<<"$runs")
[ "$found" = 0 ] || no_offer "a promotion waits for its approval already"

from=$(newest "$FROM")
into=$(newest "$INTO")
due=$(differing "$from" "$into")
[ -n "$due" ] || no_offer "$INTO holds what $FROM holds"
reason=$(refusal "$from" "$into")
if [ -n "$reason" ]; then
  warn "Not offered yet: $reason"
  exit 0
fi
jq --null-input --arg ref "$GITHUB_REF_NAME" --arg offered "$id" '{$ref, inputs: {$offered}}' >"$work/dispatch.json"
github POST "/actions/workflows/$PROMOTION_WORKFLOW/dispatches" --data "@$work/dispatch.json" >"$work/started"
notice "Offered: the promotion of $from to $INTO, after the API's deployment $id"
