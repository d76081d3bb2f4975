# shellcheck shell=bash
# Heroku's Platform API for the app HEROKU_APP, with the token HEROKU_API_KEY.
# https://devcenter.heroku.com/articles/platform-api-reference
# shellcheck source=stagewright/release/steps/http.sh
source "${BASH_SOURCE%/*}/http.sh"

# heroku METHOD PATH [CURL ARGUMENT...]: prints the body of the answer.
heroku() {
  local method=$1 path=$2
  shift 2
  request "$method $path at Heroku" \
    "url = \"${HEROKU_API_URL:-https://api.heroku.com}$path\""$'\n'"header = \"Authorization: Bearer $HEROKU_API_KEY\"" \
    --request "$method" --header 'Accept: application/vnd.heroku+json; version=3' \
    --header 'Content-Type: application/json' "$@"
}

# field FILTER JSON: prints a field that must be there.
field() {
  jq --exit-status --raw-output "$1" <<<"$2" || fail "Heroku's answer has no $1"
}

# show JSON: follows the output of a build or a release phase, which is the app's own.
show() {
  local stream
  stream=$(jq --raw-output '.output_stream_url // empty' <<<"$1")
  [ -n "$stream" ] || return 0
  # Where the stream breaks off, the state of the build still says how it ended.
  unwatched follow "$stream" || true
}

# follow ADDRESS: prints what a stream brings, up to its end. Its address is a credential.
follow() {
  curl --silent --no-buffer --max-time "${PATIENCE_SECONDS:-1800}" --config <(printf 'url = "%s"\n' "$1")
}

# await PATH CONDITION: asks until the condition on the answer holds, and prints the answer.
await() {
  local end=$((SECONDS + ${PATIENCE_SECONDS:-1800})) answer
  while :; do
    answer=$(heroku GET "$1")
    if jq --exit-status "$2" <<<"$answer" >"$work/holds"; then
      printf '%s' "$answer"
      return
    fi
    [ "$SECONDS" -lt "$end" ] || fail "Gave up on $1 at Heroku after ${PATIENCE_SECONDS:-1800} seconds"
    sleep "${POLL_SECONDS:-5}"
  done
}

# serving: prints the release that the app runs, or nothing where it has none.
serving() {
  heroku GET "/apps/$HEROKU_APP/releases" --header 'Range: version ..; order=desc, max=100' |
    jq 'map(select(.current))[0] // empty'
}
