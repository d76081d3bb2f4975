#!/usr/bin/env bash
# Asks Sentry for unresolved errors of SENTRY_ENVIRONMENT that it first saw since the last look, and keeps one issue on them: opened
# and assigned to PERSON, brought up to date, and closed once none of its errors is unresolved any more.
# https://docs.sentry.io/api/events/list-an-organizations-issues/
# shellcheck source=stagewright/release/steps/clock.sh
source "${BASH_SOURCE%/*}/../../steps/clock.sh"
# shellcheck source=stagewright/release/workflows/steps/issue.sh
source "${BASH_SOURCE%/*}/issue.sh"

# Errors that Sentry names at once; it has no more on a page.
MOST=100

# errors SINCE: prints the unresolved errors that Sentry first saw since then.
errors() {
  local query found
  query=$(encoded "is:unresolved project:$PROJECT firstSeen:>=$1")
  query="query=$query&environment=$(encoded "$SENTRY_ENVIRONMENT")&project=-1&statsPeriod=&sort=new&limit=$MOST"
  found=$(request "The question for errors at Sentry" \
    "url = \"${SENTRY_API_URL:-https://sentry.io/api/0}/organizations/$ORGANIZATION/issues/?$query\""$'\n'"header = \"Authorization: Bearer $SENTRY_AUTH_TOKEN\"")
  jq 'if type == "array" then . else error("no list") end' <<<"$found" || fail "Sentry's answer is no list of issues"
}

# entries ERRORS: prints them as a list. A title holds what a user of the app may have typed: it is shown as code, so that it can
# neither call people nor hide anything.
entries() {
  jq --raw-output '.[] | "- [\(.shortId)](\(.permalink)) `\(.title | gsub("[`\\p{Cc}]"; " ") | .[0:200])` (\(.count) times)"' <<<"$1"
}

# body SINCE ERRORS: prints the text of the issue. Its last line is what the next look goes by.
body() {
  local list known
  list=$(entries "$2")
  known=$(jq --raw-output 'map(.id) | join(" ")' <<<"$2")
  [ "$(wc --words <<<"$known")" -lt "$MOST" ] || list+=$'\n'"- and more at Sentry"
  printf 'Unresolved errors in %s that came since %s. Resolved at Sentry, they go from here, and this issue is closed with the last.\n\n%s\n\n<!-- since %s known %s -->\n' \
    "$SENTRY_ENVIRONMENT" "$1" "$list" "$1" "$known"
}

# last_look: prints when the last look that succeeded began; an hour ago where there was none.
last_look() {
  local runs hour_ago
  runs=$(github GET "/actions/workflows/$WATCH_WORKFLOW/runs?status=success&per_page=1")
  hour_ago=$(date --utc --date="@$(($(now) - 3600))" +%FT%TZ)
  jq --raw-output --arg hour_ago "$hour_ago" '.workflow_runs[0].run_started_at // $hour_ago' <<<"$runs"
}

issue=$(open_issue "$LABEL")
if [ -z "$issue" ]; then
  since=$(last_look)
  found=$(errors "$since")
  count=$(jq length <<<"$found")
  if [ "$count" = 0 ]; then
    echo "No new error in $SENTRY_ENVIRONMENT since $since"
    exit 0
  fi
  text=$(body "$since" "$found")
  issue=$(new_issue "$TITLE" "$text" "$PERSON" "$LABEL")
  warn "New errors in $SENTRY_ENVIRONMENT: $count, see issue #$issue"
  exit 0
fi

data=$(github GET "/issues/$issue")
mark=$(jq --raw-output '.body // "" | [scan("<!-- since ([0-9TZ:.+-]+) known ([0-9 ]*) -->")] | last // empty | @tsv' <<<"$data")
[ -n "$mark" ] || fail "The last line of issue #$issue is not as it was left: close the issue, and the next look opens another"
IFS=$'\t' read -r since known <<<"$mark"
found=$(errors "$since")
count=$(jq length <<<"$found")
if [ "$count" = 0 ]; then
  comment "$issue" "Sentry has none of these unresolved any more."
  github PATCH "/issues/$issue" --data '{"state": "closed", "state_reason": "completed"}' >"$work/closed"
  notice "No error is left in $SENTRY_ENVIRONMENT: issue #$issue is closed"
  exit 0
fi
new=$(jq --compact-output --arg known "$known" '($known | split(" ")) as $known | map(select(.id | IN($known[]) | not))' <<<"$found")
count=$(jq length <<<"$new")
if [ "$count" != 0 ]; then
  list=$(entries "$new")
  comment "$issue" "New:"$'\n\n'"$list"
  warn "New errors in $SENTRY_ENVIRONMENT: $count, see issue #$issue"
fi
text=$(body "$since" "$found")
jq --null-input --arg body "$text" '{$body}' >"$work/body.json"
github PATCH "/issues/$issue" --data "@$work/body.json" >"$work/updated"
