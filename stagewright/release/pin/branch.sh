#!/usr/bin/env bash
# The newest commit of BRANCH at this moment, or of OWN_BRANCH where a developer asks for that; later pushes change nothing.
# WANTED: a commit of BRANCH that a person names instead.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"
# shellcheck source=stagewright/release/pin/wanted.sh
source "${BASH_SOURCE%/*}/wanted.sh"

[ -z "${WANTED:-}" ] || [ -z "${OWN_BRANCH:-}" ] || fail "A commit of $BRANCH and a branch of one's own exclude each other: name one of them"
commit=$(wanted)
if [ -n "$commit" ]; then
  output commit "$commit"
  output branch "$BRANCH"
  notice "The commit is $commit, as $GITHUB_TRIGGERING_ACTOR asks"
  exit 0
fi
branch=${OWN_BRANCH:-$BRANCH}
git check-ref-format "refs/heads/$branch" || fail "'$branch' is no name of a branch"
commit=$(newest "$branch")
output commit "$commit"
output branch "$branch"
notice "The commit is $commit, the newest of $branch"
