# shellcheck shell=bash
# GitHub's API for the repository of the workflow, with the token of the run.
# shellcheck source=stagewright/release/steps/http.sh
source "${BASH_SOURCE%/*}/http.sh"

# github METHOD PATH [CURL ARGUMENT...]: prints the body of the answer. PATH is below the repository.
github() {
  local method=$1 path=$2
  shift 2
  request "$method $path at GitHub" \
    "url = \"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY$path\""$'\n'"header = \"Authorization: Bearer $GITHUB_TOKEN\"" \
    --request "$method" --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
    --header 'Content-Type: application/json' "$@"
}

# listed PATH [FILTER]: prints all pages of a list as one. FILTER finds the list in an answer that wraps it.
listed() {
  local path=$1 filter=${2:-.} page answer lists=''
  [[ $path == *\?* ]] || path="$path?"
  for page in 1 2 3 4 5 6 7 8 9 10; do
    answer=$(github GET "$path&per_page=100&page=$page")
    answer=$(jq --compact-output "$filter | length, ." <<<"$answer")
    lists+=${answer#*$'\n'}
    [ "${answer%%$'\n'*}" = 100 ] || break
  done
  jq --slurp add <<<"$lists"
}

# encoded TEXT: as part of an address.
encoded() { jq --null-input --raw-output --arg text "$1" '$text | @uri'; }

# newest BRANCH: prints the branch's newest commit.
newest() {
  local branch ref
  branch=$(encoded "$1")
  ref=$(github GET "/git/ref/heads/${branch//%2F//}")
  jq --exit-status --raw-output .object.sha <<<"$ref" || fail "GitHub's answer names no commit of $1"
}

# succeeded ENVIRONMENT TASK: prints the commit of our newest record of TASK there that was a success, whatever came after it.
succeeded() {
  local records id states
  records=$(listed "/deployments?environment=$(encoded "$1")&task=$(encoded "$2")")
  for id in $(jq '.[].id' <<<"$records"); do
    states=$(listed "/deployments/$id/statuses")
    jq --exit-status 'any(.[]; .state == "success")' <<<"$states" >"$work/holds" || continue
    jq --raw-output ".[] | select(.id == $id).sha" <<<"$records"
    return
  done
}

# passed ENVIRONMENT TASK COMMIT: prints our record of TASK there (for example deploy:api) where the newest that has ended was a
# success; nothing otherwise. Any commit's where COMMIT is empty. GitHub turns older records `inactive`: what was before counts.
passed() {
  local query records id state
  query="environment=$(encoded "$1")&task=$(encoded "$2")"
  [ -z "$3" ] || query="$query&sha=$3"
  records=$(listed "/deployments?$query")
  for id in $(jq --arg sha "$3" '.[] | select($sha == "" or .sha == $sha) | .id' <<<"$records"); do
    state=$(listed "/deployments/$id/statuses" | jq --raw-output 'map(select(.state != "inactive"))[0].state')
    case $state in
      success)
        jq ".[] | select(.id == $id)" <<<"$records"
        return
        ;;
      failure | error) return ;;
    esac
  done
}
