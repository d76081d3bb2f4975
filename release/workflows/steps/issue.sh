# shellcheck shell=bash
# An issue that a workflow keeps, found by a label of its own: only who may write to the repository sets labels.
# shellcheck source=release/steps/github.sh
source "${BASH_SOURCE%/*}/../../steps/github.sh"

# open_issue LABEL: prints its number; nothing where there is none.
open_issue() {
  local issues
  issues=$(github GET "/issues?state=open&per_page=1&labels=$(encoded "$1")")
  jq --raw-output '.[0].number // empty' <<<"$issues"
}

# new_issue TITLE BODY PERSON LABEL: opens it and prints its number. GitHub mails the assignee.
new_issue() {
  local made
  jq --null-input --arg title "$1" --arg body "$2" --arg person "$3" --arg tag "$4" \
    '{$title, $body, assignees: [$person], labels: [$tag]}' >"$work/issue.json"
  made=$(github POST /issues --data "@$work/issue.json")
  jq --exit-status .number <<<"$made" || fail "GitHub's answer has no number of the issue"
}

# comment NUMBER TEXT
comment() {
  jq --null-input --arg body "$2" '{$body}' >"$work/comment.json"
  github POST "/issues/$1/comments" --data "@$work/comment.json" >"$work/commented"
}
