#!/usr/bin/env bash
# Says on pull request NUMBER what its preview is: one comment, kept up to date. Without a number: on the run's page. STATE: up (about to
# be deployed), success, failure or cancelled (how that ended), kept, gone, red (its checks are) or failed, with the REASON. VIEW: the
# environment as JSON, where there is one. LABEL, KEPT: the label that keeps it so long, where one does.
# shellcheck source=stagewright/release/steps/comment.sh
source "${BASH_SOURCE%/*}/../../steps/comment.sh"

short=${COMMIT:0:9}
case $STATE in
  up) says="is being built from $short" ;;
  success) says="shows $short" ;;
  failure | cancelled) says="is there, but $short could not be deployed to it" ;;
  kept) says="lives on, and shows $short" ;;
  gone) says="is gone, and costs nothing any more" ;;
  red) says="does not show $short, whose checks are not green" ;;
  *) says="could not be brought to $short" ;;
esac

# What others have written shows as it is, and calls nobody.
jq --null-input --raw-output --arg says "$says" --arg reason "${REASON:-}" --arg run "$RUN" --arg keep "${LABEL:-}" --arg kept "${KEPT:-}" '
  def shown: gsub("[`\r\n]"; " ") | "`\(.)`";
  def cell: gsub("[|<>@\r\n]"; " ");
  (env.VIEW // "" | if . == "" then {} else fromjson end) as $view
  | "**Preview** \($says). [Log](\($run))",
    (if $reason == "" then empty else "", ($reason | shown) end),
    (if $view == {} then empty else
      "", "| | |", "|---|---|",
      ($view.urls | to_entries[] | "| \(.key | ascii_upcase) | \(.value | cell) |"),
      "| Cost | \(if $view.cost == null then "not known" else "$\($view.cost) a month" end) |",
      "| Until | \(if $view.expires == null then "somebody destroys it" else "\($view.expires[0:16] | sub("T"; " ")) UTC\(if $keep == "" then "" else ", counted from the last push; the label `\($keep)` makes it \($kept)" end)" end) |",
      "| Shared | \(if $view.shared == [] then "nothing" else ($view.shared | join(", ") | cell) end) |"
    end)' >"$work/comment.md"
if [ -n "${NUMBER:-}" ]; then
  keep_comment "$NUMBER" "preview" "$work/comment.md"
else
  cat "$work/comment.md" >>"$GITHUB_STEP_SUMMARY"
fi
