#!/usr/bin/env bash
# Runs the command that the deploy stated as NAME on the droplet, with the release that serves. ARGUMENTS are words, quoted as a shell
# would have them.
# shellcheck source=stagewright/release/steps/droplet-api.sh
source "${BASH_SOURCE%/*}/droplet-api.sh"

body=$(python3 -c 'import json, shlex, sys; print(json.dumps({"arguments": shlex.split(sys.argv[1])}))' "${ARGUMENTS:-}")
droplet "run $NAME" "$body"
notice "'$NAME' succeeded on $DROPLET_HOST, with $(answered .commit)"
