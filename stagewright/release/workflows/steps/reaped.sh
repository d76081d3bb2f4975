#!/usr/bin/env bash
# Tells what the reaper did and found (REAPED, JSON): on the pull requests of the previews that end soon or have ended, and in one issue
# what it could not destroy and what nobody owns. Found by LABEL, for PERSON.
# shellcheck source=stagewright/release/steps/comment.sh
source "${BASH_SOURCE%/*}/../../steps/comment.sh"
# shellcheck source=stagewright/release/workflows/steps/issue.sh
source "${BASH_SOURCE%/*}/issue.sh"

# tell NAME COMMENT: that comment of the preview's pull request says what $work/told.md says. One conversation that is locked stops no other.
tell() {
  keep_comment "${1#pr-}" "$2" "$work/told.md" &
  wait "$!" || warn "#${1#pr-} could not be told"
}

# previews LIST: the names of the pull requests' environments in a list of what was reaped.
previews() { jq --raw-output ".$1 // [] | .[].name | select(test(\"^pr-[0-9]+\$\"))" <<<"$REAPED"; }

for name in $(previews soon); do
  jq --raw-output --arg name "$name" --arg keep "$KEEP" --arg kept "$KEPT" '.soon[] | select(.name == $name)
    | "The preview ends at \(.expires[0:16] | sub("T"; " ")) UTC. A push, or the label `\($keep)` for \($kept), keeps it."' <<<"$REAPED" >"$work/told.md"
  tell "$name" "end of the preview"
done
echo "**Preview** is gone, as its time was over or the pull request is closed. A push to an open one brings it back." >"$work/told.md"
for name in $(previews destroyed) $(previews closed); do tell "$name" preview; done

jq --raw-output '
  def shown: gsub("[`\r\n]"; " ") | "`\(.)`";
  (if .failed == [] then empty else "Could not be destroyed, and is tried again every hour:", "",
     (.failed[] | "- \(.name | shown): \(.reason | shown)"), "" end),
  (if .orphans == [] then empty else "Named like an ephemeral environment, and no stack owns it; it is left for somebody to look at:", "",
     (.orphans[] | "- \(.type | shown) \(.name | shown) of \(.environment | shown)") end)' <<<"$REAPED" >"$work/report.md"
if [ -s "$work/report.md" ]; then
  kept=$(keep_issue "$LABEL" "$TITLE" "$PERSON" "$work/report.md")
  warn "Environments are left over, see issue #${kept% *}"
else
  issue=$(close_issue "$LABEL" "Nothing is left over.")
  [ -z "$issue" ] || notice "Nothing is left over: issue #$issue is closed"
fi
