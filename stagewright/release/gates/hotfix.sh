#!/usr/bin/env bash
# A deploy by hand: as a hotfix it needs a reason, and leaves a trace of who and why on the run's page and in the deployment's
# record. Where ONLY_HOTFIXES is true, nothing else may be started by hand.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

[ "$GITHUB_EVENT_NAME" = workflow_dispatch ] || exit 0
if [ "$HOTFIX" != true ]; then
  [ "$ONLY_HOTFIXES" != true ] || fail "Only a hotfix may be started by hand here"
  exit 0
fi
[[ $HOTFIX_REASON == *[![:space:]]* ]] || fail "A hotfix needs a reason"
warn "Hotfix by $GITHUB_TRIGGERING_ACTOR: $HOTFIX_REASON"
summary "**Hotfix** by $GITHUB_TRIGGERING_ACTOR: $(line "$HOTFIX_REASON")"
