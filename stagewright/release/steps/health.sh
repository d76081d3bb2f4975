#!/usr/bin/env bash
# Waits until ADDRESS answers with less than 500. Where the workflow MIGRATE migrates by hand, what does not answer may wait for that:
# it is said, and neither a success nor a failure (`waits`).
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

end=$((SECONDS + ${HEALTH_SECONDS:-300}))
while :; do
  status=$(curl --silent --max-time 30 --output "$work/answer" --write-out '%{http_code}' "$ADDRESS") || status=000
  if [ "$status" != 000 ] && [ "$status" -lt 500 ]; then
    notice "$ADDRESS answers with HTTP $status"
    exit 0
  fi
  [ "$SECONDS" -lt "$end" ] || [ -z "${MIGRATE:-}" ] || {
    warn "$ADDRESS does not answer yet (HTTP $status): if the commit has migrations, start '$MIGRATE' now"
    summary "**Migrate now**: $ADDRESS does not answer yet (HTTP $status). If the commit has migrations, start '$MIGRATE'; if it has none, the deploy has failed."
    output waits true
    exit 0
  }
  [ "$SECONDS" -lt "$end" ] || fail "$ADDRESS does not answer as it should (HTTP $status) after ${HEALTH_SECONDS:-300} seconds"
  sleep "${POLL_SECONDS:-5}"
done
