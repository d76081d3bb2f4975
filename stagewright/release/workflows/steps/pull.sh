#!/usr/bin/env bash
# Looks what pull request NUMBER is now and what its preview should be, whatever has started the run: GitHub drops a run that waits
# when another one comes, so each must do the work of all before it. `wanted`: up, kept (it is up, and lives on) or gone.
# ASKED: a label without which it has none. ENVIRONMENT: where GitHub records what was deployed to it, if anybody does. Default: neither.
# https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

pull=$(github GET "/pulls/$NUMBER")
field() { jq --raw-output "$1 // empty" <<<"$pull"; }

# Nobody's fork comes this far; if the condition of the job is ever lost, this one holds.
if [ "$(field .head.repo.full_name)" != "$GITHUB_REPOSITORY" ]; then
  notice "#$NUMBER comes from a fork: whoever maintains $GITHUB_REPOSITORY may push its branch here"
  output go false
  exit 0
fi

commit=$(field .head.sha)
output commit "$commit"
output branch "$(field .head.ref)"
output author "$(field .user.login)"
labelled() { jq --exit-status --arg name "$1" 'any(.labels[]; .name == $name)' <<<"$pull" >"$work/holds"; }
if labelled "$LABEL"; then output ttl "$KEPT"; fi

wanted=up
if [ "$(field .state)" = closed ]; then
  wanted=gone
elif [ -n "${ASKED:-}" ] && ! labelled "$ASKED"; then
  wanted=gone
elif [ -n "${ENVIRONMENT:-}" ] && [ "$ACTION" = labeled ] && [ -n "$(passed "$ENVIRONMENT" "preview:pr-$NUMBER" "$commit")" ]; then
  wanted=kept
fi
output wanted "$wanted"
echo "#$NUMBER is $(field .state) at $commit: its preview is to be $wanted"
