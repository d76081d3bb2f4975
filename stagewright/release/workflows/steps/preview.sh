#!/usr/bin/env bash
# Makes the ephemeral environment NAME what it should be (WANTED: up, kept or gone). A new one that fails is destroyed again.
# `state`: up, kept, gone or failed, with the `reason`; `view`: the environment as JSON, its `app` and `address`.
# shellcheck source=stagewright/release/workflows/steps/stagewright.sh
source "${BASH_SOURCE%/*}/stagewright.sh"
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../../steps/clock.sh"

# failed REASON: for the pull request, and for the log.
failed() {
  output state failed
  output reason "$1"
  fail "$1"
}

if [ "$WANTED" = gone ]; then
  environments destroy "$NAME" || failed "The preview could not be destroyed; the hourly reaper tries again"
  output state gone
  exit 0
fi

ttl=()
[ -z "${TTL:-}" ] || ttl=(--ttl "$TTL")
if [ "$WANTED" = kept ]; then
  environments extend "$NAME" "${ttl[@]}" || failed "The preview could not be extended; its end stays as it was"
else
  begun=$(now)
  code=0
  environments create "$NAME" --update --like "$LIKE" --owner "$OWNER" ${BRANCH:+--branch="$BRANCH"} ${DATABASE:+--database="$DATABASE"} \
    "${ttl[@]}" || code=$?
  if [ "$code" != 0 ]; then
    reason=$(said .error)
    reason=${reason:-stagewright ended with $code}
    # 1 and 2: refused before anything was made.
    [ "$code" -gt 2 ] || failed "$reason"
    environments list || failed "$reason. What was made could not be looked at; the hourly reaper does"
    there=$(said ".environments[].name | select(. == \"$NAME\")")
    [ -n "$there" ] || failed "$reason. Nothing of it is left: nothing is billed"
    # What was there before this run stays: it is of the commit before.
    half=$(said ".environments[] | select(.name == \"$NAME\") | select(.created == null or
      (.created | sub(\"\\\\.[0-9]+\"; \"\") | fromdateiso8601) >= $begun) | .name")
    [ -n "$half" ] || failed "$reason"
    environments destroy "$NAME" || failed "$reason. What was made could not be destroyed again; the hourly reaper tries that"
    failed "$reason. What was made is destroyed again: nothing is billed"
  fi
fi

output state "$WANTED"
output view "$(said .)"
output app "$(said .places.app)"
output address "$(said .urls.api)"
