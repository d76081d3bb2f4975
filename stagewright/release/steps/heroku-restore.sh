#!/usr/bin/env bash
# Brings the release PREVIOUS back, where another one runs by now. A migration is not taken back.
# https://devcenter.heroku.com/articles/platform-api-reference#release-rollback
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/heroku-api.sh"

[ -n "$PREVIOUS" ] || fail "$HEROKU_APP ran nothing before: there is no release to bring back"
release=$(serving)
if [ "$(jq --raw-output .id <<<"$release")" = "$PREVIOUS" ]; then
  notice "$HEROKU_APP still runs the release from before this deploy"
  exit 0
fi
jq --null-input --arg release "$PREVIOUS" '{$release}' >"$work/rollback.json"
release=$(heroku POST "/apps/$HEROKU_APP/releases" --data "@$work/rollback.json")
release=$(await "/apps/$HEROKU_APP/releases/$(field .id "$release")" '.status != "pending"')
[ "$(field .status "$release")" = succeeded ] || fail "$HEROKU_APP could not be brought back to the release from before"
warn "$HEROKU_APP is back at the release from before this deploy, as v$(field .version "$release"); migrations stay as they are"
