#!/usr/bin/env bash
# Lets only a commit pass that is newer than what is deployed to ENVIRONMENT, as our records of TASK say: a run that was slower, or an
# old one that is run again, puts nothing older in its place. Neither does a commit that changes nothing but our own workflow files
# start anything. What is deployed from a developer's own branch, apart from BRANCH, holds nothing up.
# https://docs.github.com/en/rest/commits/commits#compare-two-commits
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

# left REASON
left() {
  notice "Not deployed: $1"
  output go false
  exit 0
}

deployed=$(succeeded "$ENVIRONMENT" "$TASK")
[ -n "$deployed" ] || exit 0
[ "$deployed" != "$COMMIT" ] || exit 0
standing=$(github GET "/compare/$(encoded "$BRANCH")...$deployed?per_page=1" | jq --raw-output .status)
[[ $standing == behind || $standing == identical ]] || exit 0
compared=$(github GET "/compare/$deployed...$COMMIT")
case $(jq --raw-output .status <<<"$compared") in
  behind) left "$ENVIRONMENT has $deployed already, which is newer than $COMMIT" ;;
  ahead)
    # GitHub names 300 files at most.
    jq --exit-status --arg own "$OWN_FILES" '(.files // []) | length > 0 and length < 300 and all(.[]; .filename | test($own))' \
      <<<"$compared" >"$work/own" || exit 0
    left "since $deployed, which $ENVIRONMENT has, only workflow files of Stagewright's have changed"
    ;;
esac
