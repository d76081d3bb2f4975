#!/usr/bin/env bash
# Has the droplet release exactly the commit COMMIT: of what is tracked, or of the developer's OWN_BRANCH. SETTINGS (JSON) come from
# the spec; APP_ENVIRONMENT (JSON) holds the app's variables, which reach the droplet on standard input and stand in no log.
# shellcheck source=stagewright/release/steps/droplet-api.sh
source "${BASH_SOURCE%/*}/droplet-api.sh"

body=$(jq --null-input '(env.SETTINGS | fromjson) + {variables: (env.APP_ENVIRONMENT | fromjson)}' 2>"$work/wrong") ||
  fail "The secret APP_ENVIRONMENT is no JSON"
if [ -n "${OWN_BRANCH:-}" ]; then
  droplet "own-branch $OWN_BRANCH $COMMIT" "$body"
else
  droplet "deploy $COMMIT" "$body"
fi
notice "$DROPLET_HOST runs $COMMIT${OWN_BRANCH:+ of $OWN_BRANCH} as release $(answered .release)"
