#!/usr/bin/env bash
# Refuses a deploy while Sentry has an unresolved issue that was first seen, in an environment of ERRORS (JSON, environment to since
# when), in the stated time. `all` are all environments of the organization ORGANIZATION that the token SENTRY_AUTH_TOKEN may see.
# https://docs.sentry.io/api/events/list-an-organizations-issues/
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../steps/clock.sh"
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

# since MOMENT ENVIRONMENT: prints the stated moment in seconds since 1970.
since() {
  local count unit record
  if [[ $1 =~ ^last\ ([0-9]+)\ (hour|day)s?$ ]]; then
    count=${BASH_REMATCH[1]}
    unit=3600
    [ "${BASH_REMATCH[2]}" = hour ] || unit=86400
    echo $(($(now) - count * unit))
    return
  fi
  record=$(passed "$2" "$TASK" "$COMMIT")
  [ -n "$record" ] || fail "$COMMIT was never deployed to $2, so there is no time since when to look for errors"
  date --utc --date="$(jq --raw-output .created_at <<<"$record")" +%s
}

while IFS=$'\t' read -r environment stated; do
  from=$(date --utc --date="@$(since "$stated" "$environment")" +%FT%T)
  query="query=$(encoded "is:unresolved firstSeen:>=$from")&start=$from&end=$(date --utc --date="@$(now)" +%FT%T)&project=-1&limit=10"
  [ "$environment" = all ] || query="$query&environment=$(encoded "$(jq --raw-output --arg name "$environment" '.[$name] // $name' <<<"$NAMES")")"
  issues=$(request "The question for the errors of $environment at Sentry" \
    "url = \"${SENTRY_API_URL:-https://sentry.io/api/0}/organizations/$ORGANIZATION/issues/?$query\""$'\n'"header = \"Authorization: Bearer $SENTRY_AUTH_TOKEN\"")
  count=$(jq --exit-status 'if type == "array" then length else error("no list") end' <<<"$issues") || fail "Sentry's answer is no list of issues"
  if [ "$count" -gt 0 ]; then
    jq --raw-output '.[] | "- [\(.shortId)](\(.permalink)): \(.title | gsub("[\r\n\\[\\]<>`]"; " "))"' <<<"$issues" >>"$GITHUB_STEP_SUMMARY"
    fail "Sentry has new unresolved errors ($stated) in $environment: $(jq --raw-output 'map(.shortId) | join(", ")' <<<"$issues")"
  fi
  echo "No new error ($stated) in $environment"
done < <(jq --raw-output 'to_entries[] | [.key, .value] | @tsv' <<<"$ERRORS")
