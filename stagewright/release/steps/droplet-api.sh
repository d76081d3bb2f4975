# shellcheck shell=bash
# The deploy command of the droplet DROPLET_HOST over SSH, with the key DEPLOY_KEY. Only who holds DROPLET_HOST_KEY is taken for it.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

# reach REQUEST: the log goes on, the answer into a file. The key is in a file that only this step can read, for as long as it is used.
reach() {
  local code=0
  (umask 077 && printf '%s\n' "$DEPLOY_KEY" >"$work/key")
  printf 'droplet %s\n' "$DROPLET_HOST_KEY" >"$work/known_hosts"
  ssh -F /dev/null -p "${DROPLET_PORT:-22}" -i "$work/key" \
    -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=30 -o ServerAliveCountMax=10 \
    -o HostKeyAlias=droplet -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$work/known_hosts" -o GlobalKnownHostsFile=/dev/null \
    "${DROPLET_USER:-deploy}@$DROPLET_HOST" "$1" <"$work/body.json" 2>&1 >"$work/answer.json" | tee "$work/log" || code=$?
  rm "$work/key"
  return "$code"
}

# ask REQUEST [BODY]: asks for REQUEST with BODY (JSON) on standard input. The answer is in $work/answer.json; $got says whether there is one.
ask() {
  printf '%s' "${2:-{\}}" >"$work/body.json"
  ended=0
  unwatched reach "$1" || ended=$?
  rm "$work/body.json"
  ! grep --quiet '^Host key verification failed' "$work/log" ||
    fail "Who answers at $DROPLET_HOST is not the droplet: its key is another than DROPLET_HOST_KEY"
  got=no
  if [ -s "$work/answer.json" ] && jq --exit-status 'type == "object"' "$work/answer.json" >"$work/holds" 2>&1; then got=yes; fi
}

# droplet REQUEST [BODY]: the same, and heeds the answer.
droplet() {
  ask "$@"
  heed "$1"
}

# heed REQUEST: its warnings become GitHub's, its error ends the step, and so does no answer.
heed() {
  local error warnings warning
  [ "$got" = yes ] ||
    fail "$DROPLET_HOST gave no answer to '${1%% *}' (SSH ended with $ended): whether it did anything is not known, look at what runs there"
  warnings=$(jq --raw-output '.warnings[]' "$work/answer.json")
  while read -r warning; do
    [ -z "$warning" ] || { warn "$warning" && summary "$(line "$warning" | tr -d '<>[]')"; }
  done <<<"$warnings"
  error=$(answered .error)
  [ -z "$error" ] || fail "$error"
  [ "$ended" = 0 ] || fail "'${1%% *}' ended with $ended on $DROPLET_HOST"
}

# answered FILTER: prints a field of the answer; nothing where it is null.
answered() { jq --raw-output "$1 // empty" "$work/answer.json"; }
