#!/usr/bin/env bash
# Asks for a text, typed by whoever starts the deploy.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

[ "$TYPED" = "$EXPECTED" ] || fail "Not confirmed: '$EXPECTED' must be typed, not '$TYPED'"
