#!/usr/bin/env bash
# Lets COMMIT pass only if it came through a merged pull request whose last commit somebody has approved. GitHub lets nobody approve their own.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/github.sh"

number=$(listed "/commits/$COMMIT/pulls" |
  jq --raw-output --arg commit "$COMMIT" 'map(select(.merged_at != null and .merge_commit_sha == $commit))[0].number // empty')
[ -n "$number" ] || fail "$COMMIT is not what a pull request was merged as, so nobody has reviewed it"

# The last word of each reviewer counts, and only about the commits that were merged.
# https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
request=$(github GET "/pulls/$number")
head=$(jq --exit-status --raw-output .head.sha <<<"$request") || fail "GitHub's answer has no head of #$number"
approved=$(listed "/pulls/$number/reviews" | jq --arg head "$head" \
  'map(select(.state != "COMMENTED")) | group_by(.user.login) | map(last) | any(.state == "APPROVED" and .commit_id == $head)')
[ "$approved" = true ] || fail "nobody has approved $head, the last commit of pull request #$number"
notice "$COMMIT was approved in #$number"
