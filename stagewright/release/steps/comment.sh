# shellcheck shell=bash
# A comment on an issue or pull request that is kept up to date: one, however often a workflow runs.
# shellcheck source=stagewright/release/steps/github.sh
source "${BASH_SOURCE%/*}/github.sh"

# keep_comment NUMBER NAME FILE: the comment of that name says what the file says. It is known by a mark that no reader sees, and only
# where the workflow itself has written it: somebody else's comment with the same mark is left alone.
# https://docs.github.com/en/rest/issues/comments
keep_comment() {
  local number=$1 mark="<!-- stagewright: $2 -->" own
  jq --null-input --rawfile text "$3" --arg mark "$mark" '{body: ($mark + "\n" + $text)}' >"$work/comment.json"
  own=$(listed "/issues/$number/comments" |
    jq --arg mark "$mark" 'map(select(.user.login == "github-actions[bot]" and (.body | startswith($mark))))[0] // empty')
  if [ -z "$own" ]; then
    ATTEMPTS=1 github POST "/issues/$number/comments" --data "@$work/comment.json" >"$work/commented"
  # GitHub may keep line ends of another kind.
  elif ! jq --exit-status --slurpfile now "$work/comment.json" 'def text: gsub("\r"; "") | sub("\\s+$"; ""); (.body | text) == ($now[0].body | text)' \
    <<<"$own" >"$work/same"; then
    github PATCH "/issues/comments/$(jq .id <<<"$own")" --data "@$work/comment.json" >"$work/commented"
  fi
}
