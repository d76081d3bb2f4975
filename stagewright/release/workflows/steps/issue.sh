# shellcheck shell=bash
# An issue that a workflow keeps, found by a label of its own: only who may write to the repository sets labels.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

# open_issue LABEL: prints its number; nothing where there is none.
open_issue() {
  local issues
  issues=$(github GET "/issues?state=open&per_page=1&labels=$(encoded "$1")")
  jq --raw-output '.[0].number // empty' <<<"$issues"
}

# new_issue TITLE BODY PERSON LABEL: opens it and prints its number. GitHub mails the assignee; nobody is one where PERSON is empty.
new_issue() {
  local made
  jq --null-input --arg title "$1" --arg body "$2" --arg person "$3" --arg tag "$4" \
    '{$title, $body, assignees: ([$person] - [""]), labels: [$tag]}' >"$work/issue.json"
  made=$(github POST /issues --data "@$work/issue.json")
  jq --exit-status .number <<<"$made" || fail "GitHub's answer has no number of the issue"
}

# comment NUMBER TEXT
comment() {
  jq --null-input --arg body "$2" '{$body}' >"$work/comment.json"
  github POST "/issues/$1/comments" --data "@$work/comment.json" >"$work/commented"
}

# keep_issue LABEL TITLE PERSON FILE: the open issue says what the file says. Prints its number, and whether it is new, changed or the same.
keep_issue() {
  local number text known data
  text=$(<"$4")
  number=$(open_issue "$1")
  if [ -z "$number" ]; then
    number=$(new_issue "$2" "$text" "$3" "$1")
    echo "$number new"
    return
  fi
  data=$(github GET "/issues/$number")
  # GitHub may keep line ends of another kind.
  known=$(jq --raw-output '.body // "" | gsub("\r"; "")' <<<"$data")
  if [ "$known" = "$text" ]; then
    echo "$number same"
    return
  fi
  jq --null-input --arg body "$text" '{$body}' >"$work/body.json"
  github PATCH "/issues/$number" --data "@$work/body.json" >"$work/updated"
  # Nobody is told of an issue whose text changes.
  comment "$number" "The list has changed."
  echo "$number changed"
}

# close_issue LABEL TEXT: closes the open issue with a comment. Prints its number; nothing where there is none.
close_issue() {
  local number
  number=$(open_issue "$1")
  [ -n "$number" ] || return 0
  comment "$number" "$2"
  github PATCH "/issues/$number" --data '{"state": "closed", "state_reason": "completed"}' >"$work/closed"
  echo "$number"
}
