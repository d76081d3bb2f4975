# shellcheck shell=bash
# Calls over HTTP. Needs curl.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

# request WHAT CONFIG [CURL ARGUMENT...]: prints the body of the answer. WHAT names the call in messages. CONFIG holds the address
# and the credentials as curl configuration: it goes through a file descriptor, because arguments can be seen by every process.
# Tries again on 429, on 5xx and where no answer came, ATTEMPTS times in all: 1 for what may not be done twice.
request() {
  local what=$1 config=$2 attempts=${ATTEMPTS:-5} attempt status
  shift 2
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    status=$(curl --silent --show-error --max-time 120 --output "$work/answer" --write-out '%{http_code}' \
      --config <(printf '%s\n' "$config") "$@") || status=000
    case $status in
      2??)
        cat "$work/answer"
        return
        ;;
      429 | 5?? | 000)
        echo "$what: no success yet (HTTP $status), attempt $attempt of $attempts" >&2
        [ "$attempt" = "$attempts" ] || sleep "$((attempt * ${RETRY_SECONDS:-2}))"
        ;;
      *) break ;;
    esac
  done
  [ "$status" != 000 ] || fail "$what: no answer"
  fail "$what was refused with HTTP $status: $(head -c 300 "$work/answer")"
}
