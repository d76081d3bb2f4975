#!/usr/bin/env bash
# The newest commit of BRANCH at this moment, or of OWN_BRANCH where a developer asks for that; later pushes change nothing.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

branch=${OWN_BRANCH:-$BRANCH}
git check-ref-format "refs/heads/$branch" || fail "'$branch' is no name of a branch"
commit=$(newest "$branch")
output commit "$commit"
output branch "$branch"
notice "The commit is $commit, the newest of $branch"
