#!/usr/bin/env bash
# Finds out what is to be promoted from the branch FROM to the branch INTO (or, where UNDO is true, which promotion is to be undone)
# and whether that may be, and pins the commits for whoever approves.
# shellcheck source=stagewright/release/workflows/steps/promotion.sh
source "${BASH_SOURCE%/*}/promotion.sh"

into=$(newest "$INTO")
compare=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/compare

if [ "$UNDO" = true ]; then
  last_promotion "$into"
  [ -n "$promotion" ] || fail "There is no promotion of $FROM to $INTO to undo"
  [ -z "$undone" ] || fail "The last promotion of $FROM to $INTO, $promotion, is undone already"
  newer=$(differing "$promotion" "$into")
  [ -z "$newer" ] || fail "Newer work came to $INTO since the promotion $promotion ($(some "$newer")): an undo would drop it"
  before=$(first_parent "$promotion")
  output due true
  output into "$into"
  output promotion "$promotion"
  summary "To be undone: the promotion \`$promotion\`. $INTO gets back [what it held before]($compare/$promotion...$before)."
  exit 0
fi

from=$(newest "$FROM")
due=$(differing "$from" "$into")
if [ -z "$due" ]; then
  output due false
  notice "Nothing to promote: $INTO holds what $FROM holds at $from"
  exit 0
fi
reason=$(refusal "$from" "$into")
[ -z "$reason" ] || fail "Not promoted: $reason"

comparison=$(github GET "/compare/$into...$from?per_page=100")
# The first line of each message is somebody's text, so it is shown as code.
commits=$(jq --raw-output '
  (.commits | reverse | .[] | "- `\(.sha[0:12])` `\(.commit.message | split("\n")[0] | gsub("`"; " "))`"),
  (if .total_commits > (.commits | length) then "- and \(.total_commits - (.commits | length)) more" else empty end)' <<<"$comparison")
output due true
output from "$from"
output into "$into"
summary "To be promoted: \`$from\` of $FROM ([all changes]($compare/$into...$from))"
summary "$commits"
