#!/usr/bin/env bash
# Waits until ADDRESS answers with less than 500.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

end=$((SECONDS + ${HEALTH_SECONDS:-300}))
while :; do
  status=$(curl --silent --max-time 30 --output "$work/answer" --write-out '%{http_code}' "$ADDRESS") || status=000
  if [ "$status" != 000 ] && [ "$status" -lt 500 ]; then
    notice "$ADDRESS answers with HTTP $status"
    exit 0
  fi
  [ "$SECONDS" -lt "$end" ] || fail "$ADDRESS does not answer as it should (HTTP $status) after ${HEALTH_SECONDS:-300} seconds"
  sleep "${POLL_SECONDS:-5}"
done
