#!/usr/bin/env bash
# The commit that the app runs, whatever became of its deploy: its release's slug names it.
# https://devcenter.heroku.com/articles/platform-api-reference#slug
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/heroku-api.sh"

release=$(serving)
[ -n "$release" ] || fail "$HEROKU_APP runs nothing yet"
slug=$(heroku GET "/apps/$HEROKU_APP/slugs/$(field .slug.id "$release")")
commit=$(field .commit "$slug")
[[ $commit =~ ^[0-9a-f]{40}$ ]] || fail "$HEROKU_APP runs v$(field .version "$release"), which no deploy of a commit made"
output commit "$commit"
notice "$HEROKU_APP runs $commit"
