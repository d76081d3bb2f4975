#!/usr/bin/env bash
# Has Netlify build the branch BRANCH through the build hook NETLIFY_BUILD_HOOK. A hook takes a branch and no commit, so it is called
# only while COMMIT is that branch's newest. https://docs.netlify.com/build/configure-builds/build-hooks/
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

head=$(newest "$BRANCH")
if [ "$head" != "$COMMIT" ]; then
  [ "$GITHUB_EVENT_NAME" = push ] || fail "$BRANCH has moved on from $COMMIT to $head while the rules were checked: start the deploy again"
  notice "$BRANCH has moved on from $COMMIT to $head, which has a run of its own"
  output skipped true
  exit 0
fi

query="trigger_branch=$(encoded "$BRANCH")&trigger_title=$(encoded "$BRANCH at $COMMIT")"
request "The build hook of Netlify" "url = \"$NETLIFY_BUILD_HOOK?$query\"" --request POST --data '{}' >"$work/called"
notice "Netlify builds $BRANCH at $COMMIT"
