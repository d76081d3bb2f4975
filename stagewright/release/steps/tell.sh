#!/usr/bin/env bash
# Tells PERSON by an issue that is assigned to them (GitHub mails it) that WHAT went wrong: RESULTS are those of the jobs. There is
# one issue at a time, found by LABEL: the next failure is a comment on it, the next success closes it.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

issues=$(github GET "/issues?state=open&per_page=1&labels=$(encoded "$LABEL")")
number=$(jq --raw-output '.[0].number // empty' <<<"$issues")

# send METHOD PATH JSON
send() {
  printf '%s' "$3" >"$work/body.json"
  github "$1" "$2" --data "@$work/body.json" >"$work/sent"
}

# comment TEXT
comment() {
  local body
  body=$(jq --null-input --arg body "$1" '{$body}')
  send POST "/issues/$number/comments" "$body"
}

text="$WHAT went wrong for ${COMMIT:-no commit yet}, started by $GITHUB_TRIGGERING_ACTOR: $RUN"
[ "${WAITS:-}" != true ] ||
  text="$WHAT: $COMMIT is there and does not answer; if it has migrations, start '$MIGRATE' now: $RUN"
if [[ $RESULTS == *failure* || $RESULTS == *cancelled* || ${WAITS:-} == true ]]; then
  if [ -n "$number" ]; then
    comment "$text"
  else
    issue=$(jq --null-input --arg title "$WHAT went wrong" --arg body "$text" --arg person "$PERSON" --arg found_by "$LABEL" \
      '{$title, $body, assignees: [$person], labels: [$found_by]}')
    send POST /issues "$issue"
  fi
  notice "$PERSON is told by an issue"
elif [ -n "$number" ]; then
  comment "$WHAT went well for $COMMIT: $RUN"
  send PATCH "/issues/$number" '{"state": "closed", "state_reason": "completed"}'
fi
