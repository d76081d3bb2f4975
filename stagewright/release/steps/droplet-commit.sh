#!/usr/bin/env bash
# The commit that the droplet runs, whatever became of its deploy.
# shellcheck source=stagewright/release/steps/droplet-api.sh
source "${BASH_SOURCE%/*}/droplet-api.sh"

droplet status
commit=$(answered .commit)
[ -n "$commit" ] || fail "$DROPLET_HOST runs nothing yet"
output commit "$commit"
notice "$DROPLET_HOST runs $commit"
