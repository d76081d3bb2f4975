#!/usr/bin/env bash
# Brings the release PREVIOUS back, where another one runs by now. A migration is not taken back.
# shellcheck source=stagewright/release/steps/droplet-api.sh
source "${BASH_SOURCE%/*}/droplet-api.sh"

[ -n "$PREVIOUS" ] || fail "$DROPLET_HOST ran nothing before: there is no release to bring back"
droplet "restore $PREVIOUS"
if [ "$(answered .replaced)" = "$PREVIOUS" ]; then
  notice "$DROPLET_HOST still runs the release from before this deploy"
else
  warn "$DROPLET_HOST is back at release $PREVIOUS, from before this deploy; migrations stay as they are"
fi
