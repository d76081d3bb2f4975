#!/usr/bin/env bash
# Refuses a commit with code that may not be in it: ABSENT is JSON, what it is to its pattern and paths.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../steps/step.sh"

while IFS= read -r entry; do
  what=$(jq --raw-output .key <<<"$entry")
  mapfile -t paths < <(jq --raw-output '.value.paths[] | ":(glob)\(.)"' <<<"$entry")
  code=0
  unwatched git grep --line-number --extended-regexp -e "$(jq --raw-output .value.pattern <<<"$entry")" "$COMMIT" -- "${paths[@]}" || code=$?
  case $code in
    0) fail "$COMMIT has $what, which may not be in it: the lines are above" ;;
    1) echo "$COMMIT has no $what" ;;
    *) fail "Whether $COMMIT has $what could not be looked up" ;;
  esac
done < <(jq --compact-output 'to_entries[]' <<<"$ABSENT")
