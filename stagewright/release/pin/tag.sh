#!/usr/bin/env bash
# The commit of the tag that was just pushed; without one (by the clock, by hand) that of the highest version that matches PATTERN.
# Where a BEGINNING is given, only stable ones count: neither '-' nor a letter comes after it.
# https://docs.github.com/en/rest/git/refs#list-matching-references
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../steps/github.sh"

commit=$GITHUB_SHA
if [ "$GITHUB_EVENT_NAME" != push ]; then
  tags=$(github GET /git/matching-refs/tags | jq --raw-output '.[].ref | ltrimstr("refs/tags/")')
  tag=
  while read -r name; do
    # shellcheck disable=SC2053 # it is a pattern
    [[ $name == $PATTERN ]] || continue
    [ -z "${BEGINNING+stable}" ] || [[ ${name#"$BEGINNING"} != *[-A-Za-z]* ]] || continue
    # In a shell a * does not stop at a /.
    [ "${name//[!\/]/}" = "${PATTERN//[!\/]/}" ] || continue
    tag=$name
  done < <(sort --version-sort <<<"$tags")
  [ -n "$tag" ] || fail "No tag matches $PATTERN"
  commit=$(github GET "/commits/$(encoded "$tag")" | jq --exit-status --raw-output .sha) || fail "GitHub names no commit of $tag"
fi
output commit "$commit"
notice "The commit is $commit${tag:+, of the tag $tag}"
