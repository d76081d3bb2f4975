#!/usr/bin/env bash
# Notes which release the droplet runs, to bring it back where the deploy goes wrong. Its warnings are said here: what is foreign.
# shellcheck source=stagewright/release/steps/droplet-api.sh
source "${BASH_SOURCE%/*}/droplet-api.sh"

# A new droplet is busy with itself for some minutes.
end=$((SECONDS + ${SETUP_SECONDS:-900}))
while :; do
  ask status
  [ "$got" = no ] || [ -n "$(answered .again)" ] || break
  [ "$SECONDS" -lt "$end" ] || break
  echo "$DROPLET_HOST is not ready yet: asked again in ${POLL_SECONDS:-20} seconds"
  sleep "${POLL_SECONDS:-20}"
done
heed status
release=$(answered .release)
flagged=$(jq --raw-output '[.flagged[] | "\(.app) \(.name) of \(.branch) (\(.undo))"] | join(", ")' "$work/answer.json")
[ -z "$flagged" ] || warn "The database of $DROPLET_HOST has migrations that the tracked branch had not: $flagged"
if [ -z "$release" ]; then
  echo "Nothing is deployed on $DROPLET_HOST yet"
  exit 0
fi
output id "$release"
echo "$DROPLET_HOST runs $(answered .commit) as release $release since $(answered .since)"
