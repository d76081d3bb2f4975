#!/usr/bin/env bash
# Says how the same is done from a laptop, by one of the droplet's administrators.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

summary "The same from a laptop: \`ssh -n admin@$DROPLET_HOST sudo stagewright-deploy run $NAME\`"
