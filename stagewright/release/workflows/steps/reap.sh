#!/usr/bin/env bash
# Destroys the environments of the part SHARD (for example 1/4) whose time is over; the first part also looks for previews of pull
# requests that are closed by now: GitHub may lose an event. `reaped`: what became of them, as JSON.
# shellcheck source=stagewright/release/workflows/steps/stagewright.sh
source "${BASH_SOURCE%/*}/stagewright.sh"
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

code=0
environments reap --shard "$SHARD" || code=$?
# 3: some could not be destroyed, and the answer says which.
[ "$code" = 0 ] || [ "$code" = 3 ] || fail "stagewright ended with $code"
jq --exit-status .failed "$work/said.json" >"$work/holds" || fail "stagewright ended with $code and gave no answer"
cp "$work/said.json" "$work/reaped.json"

# note LIST NAME REASON: adds to what became of them.
note() {
  jq --arg list "$1" --arg name "$2" --arg reason "$3" '.[$list] = (.[$list] // []) + [{$name, $reason}]' "$work/reaped.json" >"$work/noted.json"
  mv "$work/noted.json" "$work/reaped.json"
}

if [ "${SHARD%%/*}" = 1 ]; then
  # In this order: a pull request that is opened meanwhile has no environment in the list.
  environments list || fail "The environments could not be listed"
  names=$(said '.environments[].name | select(test("^pr-[0-9]+$"))')
  open=$(listed "/pulls?state=open" | jq 'map(.number)')
  for name in $names; do
    jq --exit-status --argjson number "${name#pr-}" 'index($number) != null' <<<"$open" >"$work/holds" && continue
    state=$(github GET "/pulls/${name#pr-}" | jq --raw-output .state) || continue
    [ "$state" = closed ] || continue
    echo "$name: its pull request is closed"
    if environments destroy "$name"; then
      note closed "$name" "its pull request is closed"
    else
      note failed "$name" "its pull request is closed, and it could not be destroyed"
    fi
  done
fi

output reaped "$(jq --compact-output . "$work/reaped.json")"
jq --raw-output '"Destroyed \((.destroyed + (.closed // [])) | length), failed \(.failed | length), busy \(.busy | length), orphans \(.orphans | length)"' "$work/reaped.json"
