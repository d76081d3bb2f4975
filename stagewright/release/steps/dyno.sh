#!/usr/bin/env bash
# Runs COMMAND in a one-off dyno of the app, with the release that it runs, and ends as the command ends.
# https://devcenter.heroku.com/articles/one-off-dynos
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/heroku-api.sh"

jq --null-input --arg command "$COMMAND" '{$command, attach: false, type: "run"}' >"$work/dyno.json"
# Once: what is started twice may do its work twice.
dyno=$(ATTEMPTS=1 heroku POST "/apps/$HEROKU_APP/dynos" --data "@$work/dyno.json")
name=$(field .name "$dyno")
echo "$HEROKU_APP runs in $name: $COMMAND"

# The API forgets a detached dyno when it ends; how it ended is in the app's log alone.
# https://devcenter.heroku.com/articles/logging#types-of-logs
jq --null-input --arg dyno "$name" '{$dyno, tail: true, lines: 1500}' >"$work/session.json"
session=$(heroku POST "/apps/$HEROKU_APP/log-sessions" --data "@$work/session.json")
address=$(field .logplex_url "$session")

# Prints the log up to the line in which Heroku itself (not the app) says how the dyno ended.
log() {
  local line ended="[0-9T:.+-]+ heroku\\[${name//./\\.}\\]: Process exited with status ([0-9]+)"
  while read -r line; do
    printf '%s\n' "$line"
    if [[ $line =~ ^$ended ]]; then
      echo "${BASH_REMATCH[1]}" >"$work/status"
      return
    fi
  done < <(follow "$address")
}
unwatched log
[ -f "$work/status" ] || fail "How '$COMMAND' ended in $name of $HEROKU_APP is not known: its log broke off; look there before it is run again"
status=$(<"$work/status")
[ "$status" = 0 ] || fail "'$COMMAND' failed on $HEROKU_APP with status $status: its output is above"
notice "'$COMMAND' succeeded on $HEROKU_APP"
