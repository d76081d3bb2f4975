#!/usr/bin/env bash
# Lets a run of the clock pass for the stated moment that was last (TIME in ZONE on DAYS), once: several runs come for each, as GitHub
# starts them late or not at all. It is served where our records have TASK in ENVIRONMENT since then, and taken where an earlier run of
# WORKFLOW is still at it. It stays open until the next one, HOLDS_SECONDS at most. Without TASK every run passes until then.
# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../steps/clock.sh"
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

# not_now REASON
not_now() {
  notice "Not now: $1"
  output go false
  exit 0
}

# stated DATE: whether the schedule has a moment on that day.
stated() {
  local weekday days
  weekday=$(date --utc --date="$1" +%u)
  [[ " $DAYS " == *" $weekday "* ]] || return 1
  [ -n "${FROM:-}" ] || return 0
  days=$((($(date --utc --date="$1" +%s) - $(date --utc --date="$FROM" +%s)) / 86400))
  [ "$days" -ge 0 ] && [ $((days % (7 * EVERY_WEEKS))) = 0 ]
}

now=$(now)
today=$(zoned "$ZONE" %F "$now")
slot=
for ((back = -1; back <= 7 * ${EVERY_WEEKS:-1} + 1; back++)); do
  date=$(date --utc --date="$today $((-back)) days" +%F)
  stated "$date" || continue
  at=$(moment "$ZONE" "$date" "$TIME")
  if [ "$at" -le "$now" ]; then
    slot=$at
    break
  fi
  # A zone has several offsets, and some runs come before the moment.
  [ $((at - now)) -gt 7200 ] || not_now "the next moment is $(zoned "$ZONE" '%A %F %H:%M' "$at") in $ZONE"
done
[ -n "$slot" ] || not_now "the schedule has not begun"
when="$(zoned "$ZONE" '%A %F %H:%M' "$slot") in $ZONE"

if [ -n "${TASK:-}" ]; then
  records=$(listed "/deployments?environment=$(encoded "$ENVIRONMENT")&task=$(encoded "$TASK")")
  for id in $(jq --argjson slot "$slot" '.[] | select((.created_at | fromdateiso8601) >= $slot).id' <<<"$records"); do
    state=$(github GET "/deployments/$id/statuses?per_page=1" | jq --raw-output '.[0].state')
    [ "$state" = inactive ] || not_now "$when is served already"
  done
fi
if [ -n "${WORKFLOW:-}" ]; then
  since=$(date --utc --date="@$slot" +%FT%TZ)
  runs=$(github GET "/actions/workflows/$WORKFLOW/runs?event=schedule&created=$(encoded ">=$since")&per_page=100")
  earlier=$(jq --argjson own "$GITHUB_RUN_ID" '[.workflow_runs[] | select(.id < $own and .status != "completed")] | length' <<<"$runs")
  [ "$earlier" = 0 ] || not_now "an earlier run serves $when"
fi
late=$((now - slot))
[ "$late" -le "$HOLDS_SECONDS" ] ||
  fail "$when was missed: this run comes $((late / 60)) minutes later, and $((HOLDS_SECONDS / 60)) are accepted; a deploy by hand makes up for it"
[ "$late" -le 3600 ] || warn "GitHub started no run for $when before this one, $((late / 60)) minutes later"
