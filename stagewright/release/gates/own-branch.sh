#!/usr/bin/env bash
# Says loudly which migrations the branch OWN_BRANCH has at COMMIT and the tracked branch BRANCH has not: they stay in the database
# when the tracked branch comes back.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

[ -n "$OWN_BRANCH" ] || exit 0
compared=$(github GET "/compare/$(encoded "$BRANCH")...$COMMIT")
migrations=$(jq --raw-output '.files // [] | map(select(.status != "removed" and (.filename | test("(^|/)migrations/.")))) | map(.filename)[]' <<<"$compared")
warn "$OWN_BRANCH of $GITHUB_TRIGGERING_ACTOR takes the place of $BRANCH; a deploy by hand without a branch brings $BRANCH back"
summary "**$(line "$OWN_BRANCH")** of $GITHUB_TRIGGERING_ACTOR takes the place of $BRANCH. A deploy by hand without a branch brings $BRANCH back."
[ -n "$migrations" ] || exit 0
warn "$OWN_BRANCH has migrations that $BRANCH has not; undo them before $BRANCH comes back: $migrations"
summary "Migrations that $BRANCH has not, to be undone before it comes back: $(line "$migrations" | tr -d '<>[]')"
