#!/usr/bin/env bash
# Makes the branch INTO hold what was approved: the commit FROM_SHA of the branch FROM or, where PROMOTION names one, what INTO held
# before that promotion. INTO_SHA is what INTO was when it was checked.
#
# The new commit takes its files from one commit as they are. A merge of texts could give what nobody has seen in the environment
# of FROM, and after an undo it would leave out what was undone.
# shellcheck source=stagewright/release/workflows/steps/promotion.sh
source "${BASH_SOURCE%/*}/promotion.sh"

# tree CONTENT_SHA KEPT_SHA: prints a tree with the files of one commit, but the workflow files of the other. It is made of the other
# one: GitHub lets the token of a run name no workflow file in a tree (403), even as it is.
tree() {
  local base made
  base=$(commit "$2")
  base=$(field .tree.sha "$base")
  files "$1"
  files "$2"
  jq --null-input --arg workflows "$WORKFLOWS" --arg base "$base" \
    --slurpfile content "$work/$1.files" --slurpfile kept "$work/$2.files" '
    $content[0] as $content | $kept[0] as $kept
    | {base_tree: $base, tree: [
        ($content + $kept | keys_unsorted[]) | select(test($workflows) | not) | select($content[.] != $kept[.])
        # A path without content is deleted; a submodule is a commit: https://docs.github.com/en/rest/git/trees#create-a-tree
        | ($content[.] // $kept[.]).mode as $mode
        | {path: ., type: (if $mode == "160000" then "commit" else "blob" end), $mode, sha: $content[.].sha}]}' >"$work/tree.json"
  if jq --exit-status '.tree == []' "$work/tree.json" >"$work/same"; then
    printf '%s' "$base"
    return
  fi
  made=$(github POST /git/trees --data "@$work/tree.json")
  field .sha "$made"
}

# advance TREE MESSAGE PARENT...: commits the tree and makes INTO point at it, while the first parent is its newest commit.
# Prints the new commit.
advance() {
  local made branch
  jq --null-input --arg tree "$1" --arg message "$2" '{$tree, $message, parents: $ARGS.positional}' --args "${@:3}" >"$work/commit.json"
  made=$(github POST /git/commits --data "@$work/commit.json")
  made=$(field .sha "$made")
  # Not forced, so only forwards: where something else came in between, GitHub refuses, and nothing has changed.
  jq --null-input --arg sha "$made" '{$sha, force: false}' >"$work/ref.json"
  branch=$(encoded "$INTO")
  github PATCH "/git/refs/heads/${branch//%2F//}" --data "@$work/ref.json" >"$work/moved"
  printf '%s' "$made"
}

now=$(newest "$INTO")
paths=$(differing "$INTO_SHA" "$now")
[ -z "$paths" ] || fail "$INTO has changed since this was checked ($(some "$paths")): start again"
run="Run: $RUN"
compare=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/compare

if [ -n "${PROMOTION:-}" ]; then
  before=$(first_parent "$PROMOTION")
  content=$(tree "$before" "$now")
  made=$(advance "$content" "Undo the promotion of $FROM to $INTO"$'\n\n'"$run"$'\n'"$UNDONE: $PROMOTION" "$now")
  notice "$INTO holds again what it held before the promotion $PROMOTION"
  summary "The promotion \`$PROMOTION\` is undone by [\`$made\`]($compare/$now...$made)."
  exit 0
fi

branch=$(encoded "$FROM")
still=$(github GET "/compare/$FROM_SHA...$branch?per_page=1")
still=$(field .status "$still")
[[ $still == ahead || $still == identical ]] || fail "$FROM_SHA is not in $FROM any more: start again"
reason=$(refusal "$FROM_SHA" "$now")
[ -z "$reason" ] || fail "Not promoted: $reason"
content=$(tree "$FROM_SHA" "$now")
made=$(advance "$content" "Promote $FROM to $INTO"$'\n\n'"$run"$'\n'"$PROMOTED: $FROM_SHA" "$now" "$FROM_SHA")
notice "$INTO holds what $FROM held at $FROM_SHA"
summary "\`$FROM_SHA\` of $FROM went out to $INTO as [\`$made\`]($compare/$now...$made)."
