#!/usr/bin/env bash
# Lets a deploy pass only while the window is open and stays so for MARGIN_SECONDS: so long it may take until the vendor is called.
# HOURS has one opening a line: its days (Monday 1 to Sunday 7), when it opens and closes in ZONE.
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../steps/clock.sh"

# open_at SECONDS: whether the wall clock then reads a time within the hours.
open_at() {
  local today yesterday time days opens closes
  today=$(zoned "$ZONE" %u "$1")
  time=$(zoned "$ZONE" %H:%M "$1")
  yesterday=$(((today + 5) % 7 + 1))
  while read -r days opens closes; do
    if [[ $opens < $closes ]]; then
      if [[ $days == *$today* && ! $time < $opens && $time < $closes ]]; then return; fi
    elif [[ $days == *$today* && ! $time < $opens ]] || [[ $days == *$yesterday* && $time < $closes ]]; then
      return
    fi
  done <<<"$HOURS"
  return 1
}

if [ "${HOTFIX:-}" = true ]; then
  notice "A hotfix: the window is lifted, and nothing else"
  exit 0
fi
now=$(now)
clock=$(zoned "$ZONE" '%A %H:%M' "$now")
open_at "$now" || fail "The window is closed: it is $clock in $ZONE, and open is $WINDOW"
open_at $((now + MARGIN_SECONDS)) ||
  fail "The window is about to close: it is $clock in $ZONE, open is $WINDOW, and a deploy starts at least $((MARGIN_SECONDS / 60)) minutes before the end"
