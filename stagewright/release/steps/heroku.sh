#!/usr/bin/env bash
# Builds and releases exactly the commit COMMIT on the Heroku app HEROKU_APP, and waits until the release is live.
# https://devcenter.heroku.com/articles/build-and-release-using-the-api
# shellcheck source=stagewright/release/steps/heroku-api.sh
source "${BASH_SOURCE%/*}/heroku-api.sh"

git archive --format=tar.gz --output="$work/source.tar.gz" "$COMMIT"
sources=$(heroku POST /sources)
put_url=$(field .source_blob.put_url "$sources")
request "The upload of the source" "url = \"$put_url\"" --upload-file "$work/source.tar.gz" >"$work/uploaded"

jq --arg version "$COMMIT" '{source_blob: {url: .source_blob.get_url, $version}}' <<<"$sources" >"$work/build.json"
build=$(heroku POST "/apps/$HEROKU_APP/builds" --data "@$work/build.json")
build_path=/apps/$HEROKU_APP/builds/$(field .id "$build")
echo "Heroku builds $COMMIT for $HEROKU_APP"
show "$build"
build=$(await "$build_path" '.status == "failed" or (.status == "succeeded" and .release != null)')
[ "$(field .status "$build")" = succeeded ] || fail "Heroku could not build $COMMIT for $HEROKU_APP: its output is above"

release_path=/apps/$HEROKU_APP/releases/$(field .release.id "$build")
release=$(heroku GET "$release_path")
show "$release"
release=$(await "$release_path" '.status != "pending"')
[ "$(field .status "$release")" = succeeded ] ||
  fail "The release phase of $COMMIT failed on $HEROKU_APP: the release before it still runs"
notice "$HEROKU_APP runs $COMMIT as v$(field .version "$release")"
