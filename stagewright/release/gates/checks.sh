#!/usr/bin/env bash
# Waits until every check of CHECKS (JSON, name to reporter) is green on exactly the commit COMMIT, and refuses as soon as one is
# red. A check is a commit status or a check run of any provider; where both have the name, or two report it, all must be green.
# https://docs.github.com/en/rest/commits/statuses and https://docs.github.com/en/rest/checks/runs
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

# state NAME REPORTER: prints green, pending, missing, or red with the reason.
state() {
  local runs statuses
  runs=$(listed "/commits/$COMMIT/check-runs?filter=latest&check_name=$(encoded "$1")" .check_runs)
  statuses=$(listed "/commits/$COMMIT/statuses")
  jq --null-input --raw-output --arg name "$1" --arg by "$2" --arg commit "$COMMIT" --argjson runs "$runs" --argjson statuses "$statuses" '
    def reported($who): $by == "any" or $who == $by or $who == "\($by)[bot]";
    [($runs[] | select(.name == $name and .head_sha == $commit and reported(.app.slug))
       | if .status != "completed" then "pending" else .conclusion end),
     # The newest status comes first; the older ones of the same reporter are history.
     ($statuses | map(select(.context == $name and reported(.creator.login))) | group_by(.creator.login)[]
       | max_by(.created_at).state)]
    | if length == 0 then "missing"
      elif any(. != "success" and . != "pending") then "red (\(map(select(. != "success" and . != "pending")) | join(", ")))"
      elif any(. == "pending") then "pending" else "green" end'
}

end=$((SECONDS + ${CHECKS_SECONDS:-1800}))
pause=${POLL_SECONDS:-15}
while :; do
  waiting=
  while IFS=$'\t' read -r name reporter; do
    found=$(state "$name" "$reporter")
    case $found in
      green) ;;
      red*) fail "The check '$name' is $found on $COMMIT" ;;
      *) waiting="$waiting '$name' ($found)" ;;
    esac
  done < <(jq --raw-output 'to_entries[] | [.key, .value] | @tsv' <<<"$CHECKS")
  [ -n "$waiting" ] || break
  [ "$SECONDS" -lt "$end" ] || fail "Not green on $COMMIT after ${CHECKS_SECONDS:-1800} seconds:$waiting"
  sleep "$pause"
  # GitHub answers a repository's workflows 1,000 times an hour in all: docs/scale.md
  [ "$pause" -ge 60 ] || pause=$((pause * 2))
done
echo "All checks are green on $COMMIT"
