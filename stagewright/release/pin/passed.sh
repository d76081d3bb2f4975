#!/usr/bin/env bash
# The newest commit of BRANCH that passed everything in REQUIRED (one environment and one of our records, as deploy:api, a line). What
# is pushed meanwhile and has not come that far keeps nothing up. WANTED: a commit that a person names instead, which the gates judge.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"
# shellcheck source=stagewright/release/pin/wanted.sh
source "${BASH_SOURCE%/*}/wanted.sh"

# passes COMMIT: whether it passed everything, and is on the branch.
passes() {
  local environment task found standing
  while read -r environment task; do
    found=$(passed "$environment" "$task" "$1")
    [ -n "$found" ] || return 1
  done <<<"$REQUIRED"
  standing=$(github GET "/compare/$(encoded "$BRANCH")...$1?per_page=1" | jq --raw-output .status)
  [[ $standing == behind || $standing == identical ]]
}

commit=$(wanted)
if [ -n "$commit" ]; then
  output commit "$commit"
  notice "The commit is $commit, as $GITHUB_TRIGGERING_ACTOR asks"
  exit 0
fi
read -r environment task <<<"$(tail -n 1 <<<"$REQUIRED")"
records=$(listed "/deployments?environment=$(encoded "$environment")&task=$(encoded "$task")")
candidates=$(jq --raw-output 'reduce .[].sha as $sha ([]; if index($sha) then . else . + [$sha] end) | .[]' <<<"$records")
for candidate in $candidates; do
  passes "$candidate" || continue
  output commit "$candidate"
  notice "The commit is $candidate, the newest that has passed what is required"
  exit 0
done
[ "$GITHUB_EVENT_NAME" != workflow_dispatch ] || fail "No commit of $BRANCH has passed yet what is required: $(paste --serial --delimiters=, <<<"$REQUIRED" | sed 's/,/, /g')"
notice "Not deployed: no commit of $BRANCH has passed yet what is required"
output go false
