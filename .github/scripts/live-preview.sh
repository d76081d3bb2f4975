#!/usr/bin/env bash
# Previews staging with the real accounts, and says where that differs from the rehearsal.
# BASE: the commit to compare with; PULUMI_BACKEND_URL and the vendors' tokens come from the GitHub environment.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/step.sh"

npx --no-install pulumi login "$PULUMI_BACKEND_URL"
code=0
GITHUB_TOKEN=$STAGEWRIGHT_GITHUB_TOKEN npx --no-install stagewright review --stack staging --live --base "$BASE" \
  --format markdown >"$work/preview.md" || code=$?
cat "$work/preview.md" >>"$GITHUB_STEP_SUMMARY"
[ "$code" = 0 ] || fail "the live preview ended with $code; what it says is on the run's page"
