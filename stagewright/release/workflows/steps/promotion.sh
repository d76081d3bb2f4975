# shellcheck shell=bash
# What a promotion of the branch FROM to the branch INTO rests on.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

# Workflow files are no part of a promotion: each branch has its own of Stagewright's, and GitHub lets the token of a run change
# none. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions has no such permission.
WORKFLOWS='^\.github/workflows/'

# The last lines of our commits' messages, by which a promotion and its undoing are found again.
PROMOTED='Promoted-commit'
UNDONE='Undone-promotion'

# commit SHA: prints tree, parents and message of a commit.
commit() { github GET "/git/commits/$1"; }

# field FILTER JSON: prints a field that must be there.
field() { jq --exit-status --raw-output "$1" <<<"$2" || fail "GitHub's answer has no $1"; }

# files SHA: writes what every file of a commit is into "$work/SHA.files": {PATH: {mode, sha}}.
files() {
  [ ! -e "$work/$1.files" ] || return 0
  local tree
  tree=$(commit "$1")
  tree=$(field .tree.sha "$tree")
  github GET "/git/trees/$tree?recursive=1" >"$work/tree"
  # https://docs.github.com/en/rest/git/trees#get-a-tree: up to 100,000 entries
  jq --exit-status 'if .truncated then null
    else [.tree[] | select(.type != "tree") | {key: .path, value: {mode, sha}}] | from_entries end' "$work/tree" >"$work/files" ||
    fail "Commit $1 has more files than GitHub lists at once"
  mv "$work/files" "$work/$1.files"
}

# differing A B: prints the paths that differ between two commits, but for workflow files.
differing() {
  files "$1"
  files "$2"
  jq --null-input --raw-output --arg workflows "$WORKFLOWS" --slurpfile a "$work/$1.files" --slurpfile b "$work/$2.files" '
    $a[0] as $a | $b[0] as $b
    | ($a + $b | keys_unsorted[]) | select($a[.] != $b[.]) | select(test($workflows) | not)'
}

# some LINES: prints the first three, as a part of a sentence.
some() {
  local count
  count=$(grep --count '' <<<"$1")
  head -n 3 <<<"$1" | paste --serial --delimiters=, | sed 's/,/, /g' | tr -d '\n'
  [ "$count" -le 3 ] || printf ' and %s more' "$((count - 3))"
}

# last_promotion SHA: sets promotion to the last promotion in the history of a commit of INTO, and undone where it was undone since;
# promotion stays empty where the last commits hold none.
last_promotion() {
  local at=$1 step data message
  promotion='' undone=''
  for ((step = 0; step < ${HISTORY:-100}; step++)); do
    data=$(commit "$at")
    message=$(field .message "$data")
    if grep --quiet "^$PROMOTED: " <<<"$message"; then
      promotion=$at
      return
    fi
    if grep --quiet "^$UNDONE: " <<<"$message"; then
      promotion=$(sed --quiet "s/^$UNDONE: //p" <<<"$message" | head -n 1)
      undone=yes
      return
    fi
    at=$(jq --raw-output '.parents[0].sha // empty' <<<"$data")
    [ -n "$at" ] || return 0
  done
}

# first_parent SHA: prints what INTO was before a promotion.
first_parent() {
  local data
  data=$(commit "$1")
  field '.parents[0].sha' "$data"
}

# divergence FROM_SHA INTO_SHA: prints the paths in which INTO holds what FROM never held.
divergence() {
  local comparison base own before since
  comparison=$(github GET "/compare/$1...$2?per_page=1")
  base=$(field .merge_base_commit.sha "$comparison")
  own=$(differing "$base" "$2")
  [ -n "$own" ] || return 0
  # After an undo, INTO holds again what it held before, while the promoted commit stays in its history.
  last_promotion "$2"
  if [ -n "$undone" ]; then
    before=$(first_parent "$promotion")
    since=$(differing "$before" "$2")
    [ -n "$since" ] || return 0
  fi
  printf '%s' "$own"
}

# checks SHA: prints what keeps the checks on a commit from being green; nothing where all are. CHECKS says which must be there and
# who reports them (JSON, name to reporter), and where there is no check at all nothing is known of the commit.
# https://docs.github.com/en/rest/checks/runs and https://docs.github.com/en/rest/commits/statuses
checks() {
  listed "/commits/$1/check-runs?filter=latest" .check_runs >"$work/runs"
  listed "/commits/$1/statuses" >"$work/statuses"
  jq --null-input --raw-output --argjson required "$CHECKS" --slurpfile runs "$work/runs" --slurpfile statuses "$work/statuses" '
    def run: {name, by: (.app.slug // ""), is: (
      if .status != "completed" then "pending"
      elif .conclusion | IN("success", "neutral", "skipped") then "green" else "red" end)};
    # Of one context the newest status counts, whoever reported it.
    def status: {name: .context, by: (.creator.login // ""), is: ({success: "green", pending: "pending"}[.state] // "red")};
    [$runs[0][] | run] + [$statuses[0] | group_by(.context)[] | max_by(.created_at) | status]
    | . as $all
    | (if length == 0 then "no check has reported on it" else empty end),
      (.[] | select(.is != "green") | "\(.name) is \(.is)"),
      ($required | to_entries[] | . as {key: $name, value: $by}
        | select(any($all[]; .name == $name and ($by == "any" or .by == $by or .by == "\($by)[bot]")) | not)
        | "\($name)\(if $by == "any" then "" else " by \($by)" end) is missing")'
}

# refusal FROM_SHA INTO_SHA: prints why the commit may not be promoted; nothing where it may.
refusal() {
  local paths wrong
  paths=$(divergence "$1" "$2")
  if [ -n "$paths" ]; then
    printf '%s has what %s has not (%s): merge %s into %s first' "$INTO" "$FROM" "$(some "$paths")" "$INTO" "$FROM"
    return
  fi
  wrong=$(checks "$1")
  [ -z "$wrong" ] || printf 'the checks on %s of %s are not green: %s' "$1" "$FROM" "$(some "$wrong")"
}
