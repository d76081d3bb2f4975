#!/usr/bin/env bash
# Brings up STACK from COMMIT. PULUMI_BACKEND_URL and the vendors' tokens come from the GitHub environment.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/step.sh"

[ "$(git rev-parse HEAD)" = "$COMMIT" ] || fail "the checkout is not at $COMMIT"
npx --no-install pulumi login "$PULUMI_BACKEND_URL"
# The run's own token may read this repository alone; the provider needs one that may write to those of the spec.
GITHUB_TOKEN=$STAGEWRIGHT_GITHUB_TOKEN unwatched npx --no-install pulumi up --refresh --yes --non-interactive \
  --stack "$STACK"
