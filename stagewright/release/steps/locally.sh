#!/usr/bin/env bash
# Says how the same is done from a laptop, where Heroku's CLI is logged in.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

summary "The same from a laptop: \`heroku run -a $HEROKU_APP $COMMAND\`"
