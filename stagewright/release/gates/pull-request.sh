#!/usr/bin/env bash
# Lets only a commit pass that came through a merged pull request. Where QUIET is true, another one is left alone, not refused.
# https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

requests=$(listed "/commits/$COMMIT/pulls")
merged=$(jq --raw-output 'map(select(.merged_at != null))[0].number // empty' <<<"$requests")
if [ -n "$merged" ]; then
  echo "$COMMIT came through pull request #$merged"
  exit 0
fi
[ "${QUIET:-}" = true ] || fail "$COMMIT did not come through a merged pull request"
notice "Not deployed: $COMMIT did not come through a merged pull request"
output go false
