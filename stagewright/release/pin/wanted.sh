# shellcheck shell=bash
# A commit that a person may name.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

# wanted: prints the whole name of the commit WANTED; nothing where none is named.
wanted() {
  [ -n "${WANTED:-}" ] || return 0
  [[ $WANTED =~ ^[0-9a-f]{7,40}$ ]] || fail "'$WANTED' is no commit: 7 to 40 digits of its name are accepted"
  github GET "/commits/$WANTED" | jq --exit-status --raw-output .sha || fail "GitHub knows of no commit $WANTED"
}
