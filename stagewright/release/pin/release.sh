#!/usr/bin/env bash
# The commit of the release that was just published; without one (by the clock, by hand) that of the latest release, which for GitHub
# is neither a draft nor a pre-release. Where PRERELEASES is true: of whatever was published last.
# https://docs.github.com/en/rest/releases/releases#get-the-latest-release
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

commit=$GITHUB_SHA
if [ "$GITHUB_EVENT_NAME" != release ]; then
  if [ "${PRERELEASES:-}" = true ]; then
    releases=$(github GET "/releases?per_page=100")
    tag=$(jq --exit-status --raw-output 'map(select(.draft | not)) | max_by(.published_at).tag_name' <<<"$releases") ||
      fail "GitHub knows of no release"
  else
    tag=$(github GET /releases/latest | jq --exit-status --raw-output .tag_name) || fail "GitHub knows of no latest release"
  fi
  commit=$(github GET "/commits/$(encoded "$tag")" | jq --exit-status --raw-output .sha) || fail "GitHub names no commit of $tag"
fi
output commit "$commit"
notice "The commit is $commit${tag:+, of the release $tag}"
