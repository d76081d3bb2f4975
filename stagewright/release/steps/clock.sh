# shellcheck shell=bash
# The time. No workflow sets STAGEWRIGHT_NOW: it stops the clock for the tests alone.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

# Seconds since 1970.
now() { printf '%s\n' "${STAGEWRIGHT_NOW:-$(date +%s)}"; }

# zoned ZONE FORMAT SECONDS: a moment on the wall clock of a time zone. `date` takes an unknown zone for UTC, so this looks first.
zoned() {
  [ -f "/usr/share/zoneinfo/$1" ] || fail "This machine knows no time zone $1"
  TZ=$1 date --date="@$3" "+$2"
}

# offset ZONE SECONDS: how many seconds the zone is ahead of UTC at a moment.
offset() {
  local wall
  wall=$(zoned "$1" '%F %T' "$2")
  echo "$(($(date --utc --date="$wall" +%s) - $2))"
}

# moment ZONE DATE TIME: when the wall clock shows it. A time that the clocks skip is taken as much later as they skip, one that
# comes twice is taken the first time: RFC 5545, section 3.3.5.
moment() {
  local nominal before after
  nominal=$(date --utc --date="$2 $3" +%s)
  before=$(offset "$1" $((nominal - 86400)))
  after=$(offset "$1" $((nominal + 86400)))
  if [ "$(offset "$1" $((nominal - before)))" != "$before" ] && [ "$(offset "$1" $((nominal - after)))" = "$after" ]; then
    echo $((nominal - after))
  else
    echo $((nominal - before))
  fi
}
