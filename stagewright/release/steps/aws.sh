# shellcheck shell=bash
# AWS by a role instead of a key: what a job is, GitHub signs.
# https://docs.github.com/en/actions/reference/security/oidc https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
# shellcheck source=stagewright/release/steps/http.sh
source "${BASH_SOURCE%/*}/http.sh"

# The names under which AWS's tools look for credentials, each with the field of the answer.
aws_credentials="AWS_ACCESS_KEY_ID:AccessKeyId AWS_SECRET_ACCESS_KEY:SecretAccessKey AWS_SESSION_TOKEN:SessionToken"

# assume ROLE: this step and what it starts act as the role (an ARN) for an hour. The credentials are masked and kept nowhere.
assume() {
  local answer session pair value
  [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] || fail "GitHub gives this job no identity: it needs the permission id-token: write"
  [ -n "$1" ] || fail "the environment has no variable with the role's ARN: bootstrap/ makes the role and prints it"
  answer=$(request "the job's identity at GitHub" \
    "url = \"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com\""$'\n'"header = \"Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN\"")
  jq --exit-status --join-output .value <<<"$answer" >"$work/identity" || fail "GitHub's answer holds no identity"

  session=$(request "the role at AWS" "url = \"${AWS_STS_URL:-https://sts.amazonaws.com}/\"" \
    --header 'Accept: application/json' --data Version=2011-06-15 --data Action=AssumeRoleWithWebIdentity \
    --data DurationSeconds=3600 --data-urlencode "RoleArn=$1" \
    --data-urlencode "RoleSessionName=github-$GITHUB_RUN_ID" --data-urlencode "WebIdentityToken@$work/identity")
  for pair in $aws_credentials; do
    value=$(jq --exit-status --raw-output --arg key "${pair#*:}" \
      '.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials[$key]' <<<"$session") ||
      fail "AWS's answer holds no ${pair#*:}"
    echo "::add-mask::$value"
    export "${pair%%:*}=$value"
  done
}
