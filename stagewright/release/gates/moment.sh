#!/usr/bin/env bash
# Lets a run pass that GitHub started by the line CRON, where that line's time is the stated TIME in ZONE: a cron line is in UTC, so
# there is one for each offset of the zone, and on every day exactly one of them is right. GitHub starts late: LATE_SECONDS at most.
# https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../steps/clock.sh"

read -r minute hour _ <<<"$CRON"
now=$(now)
start=$((now / 86400 * 86400 + 10#$hour * 3600 + 10#$minute * 60))
[ "$start" -le "$now" ] || start=$((start - 86400))
date=$(zoned "$ZONE" %F "$start")

pass() {
  local weekday days
  [ "$(moment "$ZONE" "$date" "$TIME")" = "$start" ] || return 1
  weekday=$(zoned "$ZONE" %u "$start")
  [[ " $DAYS " == *" $weekday "* ]] || return 1
  [ -n "${FROM:-}" ] || return 0
  days=$((($(date --utc --date="$date" +%s) - $(date --utc --date="$FROM" +%s)) / 86400))
  [ "$days" -ge 0 ] && [ $((days % (7 * EVERY_WEEKS))) = 0 ]
}

if ! pass; then
  notice "Not now: it was $(zoned "$ZONE" '%A %F %H:%M' "$start") in $ZONE when this run was due"
  output go false
  exit 0
fi
late=$((now - start))
[ "$late" -le "$LATE_SECONDS" ] ||
  fail "GitHub started this run $((late / 60)) minutes late, and $((LATE_SECONDS / 60)) are accepted: nothing is deployed until the next one"
