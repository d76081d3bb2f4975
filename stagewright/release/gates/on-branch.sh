#!/usr/bin/env bash
# Lets only a commit pass that is on the branch BRANCH. https://docs.github.com/en/rest/commits/commits#compare-two-commits
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

compared=$(github GET "/compare/$(encoded "$BRANCH")...$COMMIT?per_page=1")
status=$(jq --raw-output .status <<<"$compared")
[[ $status == behind || $status == identical ]] || fail "$COMMIT is not on the branch $BRANCH ($status)"
