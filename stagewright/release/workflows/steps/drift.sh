#!/usr/bin/env bash
# Keeps one issue on what somebody changed by hand: opened and assigned to PERSON, brought up to date, and closed once it is mended.
# DRIFT is the exit code of `stagewright drift --live --markdown REPORT`: 0 none, 1 some, anything else that nobody knows. An issue
# is found by its LABEL.
# shellcheck source=stagewright/release/workflows/steps/issue.sh
source "${BASH_SOURCE%/*}/issue.sh"

case $DRIFT in
  0 | 1) ;;
  *) fail "Whether anything drifted is not known: stagewright drift ended with $DRIFT" ;;
esac

if [ "$DRIFT" = 0 ]; then
  issue=$(close_issue "$LABEL" "Everything is as it was deployed again.")
  if [ -z "$issue" ]; then echo "Everything is as it was deployed"; else notice "The drift is mended: issue #$issue is closed"; fi
  exit 0
fi

kept=$(keep_issue "$LABEL" "$TITLE" "$PERSON" "$REPORT")
case $kept in
  *new) warn "There is drift, see issue #${kept% *}" ;;
  *same) warn "There still is the drift of issue #${kept% *}" ;;
  *) warn "The drift has changed, see issue #${kept% *}" ;;
esac
