#!/usr/bin/env bash
# Notes which release the app runs, to bring it back where the deploy goes wrong.
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/heroku-api.sh"

release=$(serving)
[ -n "$release" ] || exit 0
output id "$(field .id "$release")"
echo "$HEROKU_APP runs v$(field .version "$release")"
