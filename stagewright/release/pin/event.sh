#!/usr/bin/env bash
# The commit of the event, whatever its branch or tag points at by now.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

output commit "$GITHUB_SHA"
notice "The commit is $GITHUB_SHA"
